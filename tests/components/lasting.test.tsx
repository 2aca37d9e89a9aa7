/** What lasts while answers come and go: the picked message, the focus, and a text that is dropped into its field. */
import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { Analyzer } from '../../components/Analyzer.tsx';
import { Panel } from '../../components/Panel.tsx';
import { reportOf, translatorFor } from '../kit/samples.ts';
import { open, sample, several, shown, surroundings } from './kit.tsx';

afterEach(cleanup);
const A = { id: 'a', sender: 'A', date: '' };
const B = { id: 'b', sender: 'B', date: '' };

it('shows what is picked as picked before anything is told of it', async () => {
  const { say } = open();
  say(several('a', A, B));
  await userEvent.selectOptions(screen.getByRole('combobox'), 'b');
  expect(screen.getByRole<HTMLSelectElement>('combobox').value).toBe('b');
});

it('shows no late answer about what was asked before', async () => {
  const { say, askings } = open();
  say(several('a', A, B));
  say(shown(await reportOf(sample('01'), 'en')));
  fireEvent.change(screen.getByRole('combobox'), { target: { value: 'b' } });
  const late = shown(await reportOf(sample('02'), 'en'));
  act(() => askings[0]?.tell(late));
  await act(async () => {});
  expect(screen.queryByRole('article')).toBeNull();
});

it('keeps the focus inside', async () => {
  const { say, props } = surroundings({ close: () => {} });
  const { question: _, ...rest } = props;
  render(<Panel {...rest} lang="en" />);
  say(shown(await reportOf(sample('01'), 'en')));
  await userEvent.click(screen.getByRole('button', { name: 'Check again' }));
  expect(screen.getByRole('dialog').contains(document.activeElement)).toBe(true);
});

it('lets text be dropped', () => {
  render(
    <Analyzer
      examine={async () => {}}
      servers={[]}
      question={null}
      questionMeant={() => null}
      askRecords={() => Promise.reject(new Error('nothing is asked'))}
      copy={async () => {}}
      openSettings={() => {}}
      version=""
      t={translatorFor('en')}
    />,
  );
  const event = new Event('drop', { bubbles: true, cancelable: true });
  Object.assign(event, { dataTransfer: { files: [], types: ['text/plain'] } });
  fireEvent(screen.getByRole('textbox', { name: 'Mail or header' }), event);
  expect(event.defaultPrevented).toBe(false);
});
