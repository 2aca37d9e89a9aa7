/** The one import of the extension API. The polyfill behind it serves Chrome before 144; newer ones have it built in. */
export { browser } from 'wxt/browser';
