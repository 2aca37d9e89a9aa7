/** The panel of a webmail: the popup's content, with words that the worker lends, since no catalogue is in here. */
import { render } from 'preact';
import markCss from '../../components/mark.css?inline';
import { Panel as PanelView } from '../../components/Panel.tsx';
import panelCss from '../../components/panel.css?inline';
import reportCss from '../../components/report.css?inline';
import tokensCss from '../../components/tokens.css?inline';
import { translator } from '../../lib/explain/translate.ts';
import type { MailHost } from '../../lib/hosts/host.ts';
import { type Panel, panelFor } from '../../lib/hosts/panel.ts';
import type { Reader } from '../../lib/hosts/reader.ts';
import { browser } from '../../lib/platform/browser.ts';
import { ask, openPage, openRecords } from '../../lib/platform/requests.ts';

export function startPanel(host: MailHost, reader: Reader): Panel {
  const draw = async (root: ShadowRoot, id: string, close: () => void): Promise<void> => {
    const words = await ask('words', {});
    // A worker that does not answer belongs to an extension that is gone.
    if (words === null) return close();
    if (!root.isConnected) return;
    const { language, catalogue } = words;
    render(
      <PanelView
        message={id}
        lang={language}
        t={translator(catalogue)}
        ask={(asked, tell) => {
          let open = true;
          void reader.explain({ ...asked, language }, (state) => open && tell(state));
          return {
            cancel: () => {
              open = false;
            },
          };
        }}
        allow={null}
        reloadTab={() => location.reload()}
        openSettings={() => void openPage({ page: 'options.html' })}
        openAnalyzer={() => void openPage({ page: 'analyzer.html' })}
        openRecords={(question) => void openRecords(question)}
        copy={(text) => navigator.clipboard.writeText(text)}
        close={close}
        version={browser.runtime.getManifest().version}
      />,
      root,
    );
  };
  return panelFor(host, document, {
    css: `${tokensCss}${markCss}${reportCss}${panelCss}`,
    draw: (root, id, close) => void draw(root, id, close),
    erase: (root) => render(null, root),
  });
}
