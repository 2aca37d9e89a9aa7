/** In Gmail's page: explains the open mail when the popup asks. Does nothing before it is asked. */
import { defineContentScript } from 'wxt/utils/define-content-script';
import { gmailHost } from '../lib/hosts/gmail/gmail-host.ts';
import { openMailReader } from '../lib/hosts/reader.ts';
import { examineInWorker } from '../lib/platform/examine-client.ts';
import { serveOpenMail } from '../lib/platform/open-mail-server.ts';

export default defineContentScript({
  matches: ['https://mail.google.com/mail/*'],
  runAt: 'document_idle',
  main() {
    const host = gmailHost(document, window.fetch.bind(window));
    const reader = openMailReader(host, examineInWorker);
    serveOpenMail(reader.explain);
  },
});
