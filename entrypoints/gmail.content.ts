/** In Gmail's page: badges, the panel behind them, and answers to the popup. Reads nothing before it may. */
import { defineContentScript } from 'wxt/utils/define-content-script';
import { gmailHost } from '../lib/hosts/gmail/gmail-host.ts';
import { explainInPage } from './in-page/explain.ts';

export default defineContentScript({
  matches: ['https://mail.google.com/mail/*'],
  runAt: 'document_idle',
  main(context) {
    const host = gmailHost(document, window.fetch.bind(window), Date.now);
    const stop = explainInPage(host);
    // A newer version of the extension brings its own script; this one falls silent.
    context.onInvalidated(stop);
  },
});
