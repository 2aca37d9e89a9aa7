/** The mail servers of one’s own in the settings: what can be read is saved, what cannot is told by its line. */
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { LANGUAGES, words } from './kit.tsx';
import { said, showSettings } from './settings-kit.tsx';

afterEach(cleanup);

const LABEL = {
  en: { field: 'Mail servers I trust', save: 'Save', saved: 'Saved.' },
  ja: { field: '信頼するメールサーバー', save: '保存', saved: '保存しました。' },
} as const;
type Spoken = keyof typeof LABEL;

const field = (language: Spoken = 'en') =>
  screen.getByRole<HTMLTextAreaElement>('textbox', { name: LABEL[language].field });
const save = (language: Spoken = 'en') =>
  userEvent.click(screen.getByRole('button', { name: LABEL[language].save }));

/** What is wrong, one sentence a line. */
function complaints(): readonly (string | null)[] {
  return within(screen.getByRole('alert'))
    .queryAllByRole('listitem')
    .map(({ textContent }) => textContent);
}

function type(text: string, language: Spoken = 'en'): void {
  fireEvent.input(field(language), { target: { value: text } });
}

describe('what is written', () => {
  it.each([
    { why: 'a server of one’s own', text: 'mx.example.org' },
    { why: 'a family of servers', text: '*.example.org' },
    { why: 'a gateway with an address', text: 'gateway.example.org 192.0.2.7' },
    { why: 'a gateway with ranges of both kinds', text: 'gateway.example.org 192.0.2.0/24 2001:db8::/32' },
    { why: 'ranges with commas between', text: 'gateway.example.org 192.0.2.0/24, 198.51.100.0/24' },
    { why: 'several lines, empty ones among them', text: '\nmx.example.org\n\nmx2.example.org\n' },
    { why: 'a comment alone', text: '# nobody yet' },
    { why: 'comments above and behind', text: '# ours\nmx.example.org # the old one' },
    { why: 'nothing: all are taken away', text: '' },
  ])('is saved as it stands and said: $why', async ({ text }) => {
    const { onChoose } = showSettings({ trustedServers: 'old.example.org' });
    type(text);
    expect(onChoose).not.toHaveBeenCalled();
    await save();
    await waitFor(() => expect(said()).toBe('Saved.'));
    expect(onChoose.mock.calls).toStrictEqual([[{ trustedServers: text }]]);
    expect(complaints()).toEqual([]);
    expect(field().value).toBe(text);
  });

  it.each([
    { why: 'no host name', text: 'mx', wrong: [[1, 'id']] },
    { why: 'a star alone, which would be anybody', text: '*', wrong: [[1, 'id']] },
    { why: 'a star before a top-level domain', text: '*.org', wrong: [[1, 'id']] },
    { why: 'a product’s name', text: 'mx.example.org\ngmail', wrong: [[2, 'id']] },
    { why: 'an address in place of a name', text: '192.0.2.0/24', wrong: [[1, 'id']] },
    { why: 'words behind the name', text: 'mx.example.org our old one', wrong: [[1, 'range']] },
    { why: 'a prefix that is too long', text: 'mx.example.org 192.0.2.0/33', wrong: [[1, 'range']] },
    {
      why: 'one bad range among good ones',
      text: 'gateway.example.org 192.0.2.0/24 192.0.2',
      wrong: [[1, 'range']],
    },
    {
      why: 'the second and the fourth line, comments and empty lines counted',
      text: '# ours\nmx\n\nmx.example.org 300.1.1.1\nmx.example.org',
      wrong: [
        [2, 'id'],
        [4, 'range'],
      ],
    },
  ] as const)('is told by its line, kept and not saved: $why', async ({ text, wrong }) => {
    const { onChoose } = showSettings({ trustedServers: 'old.example.org' });
    type(text);
    await save();
    expect(complaints()).toEqual(
      wrong.map(([line, why]) =>
        why === 'id'
          ? `Line ${line} does not begin with the name of a server, such as mx.example.org.`
          : `Line ${line} holds something that is no range of addresses, such as 192.0.2.0/24.`,
      ),
    );
    expect(field().value).toBe(text);
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(onChoose).not.toHaveBeenCalled();
    expect(said()).toBe('');
  });

  it.each(LANGUAGES)('is saved once it is mended (%s)', async (language) => {
    const { onChoose, t } = showSettings({}, language);
    type('mx.example.org\nmx\nmx.example.org 1.2.3', language);
    await save(language);
    expect(complaints()).toEqual([
      words(t('settings_bad_server', { line: 2 })),
      words(t('settings_bad_range', { line: 3 })),
    ]);
    type('mx.example.org\nmx2.example.org', language);
    await save(language);
    await waitFor(() => expect(said()).toBe(LABEL[language].saved));
    expect(complaints()).toEqual([]);
    expect(field(language).getAttribute('aria-invalid')).toBe('false');
    expect(onChoose.mock.calls).toStrictEqual([[{ trustedServers: 'mx.example.org\nmx2.example.org' }]]);
  });

  it('that could not be saved is told of and stays written', async () => {
    const { onChoose } = showSettings({ trustedServers: '' });
    onChoose.mockRejectedValue(new Error('QUOTA_BYTES'));
    type('mx.example.org');
    await save();
    await waitFor(() => expect(said()).toMatch(/^The browser could not save this\./));
    expect(field().value).toBe('mx.example.org');
  });
});

describe('the field', () => {
  it.each(LANGUAGES)('shows what is stored, named and described (%s)', (language) => {
    const { t } = showSettings({ trustedServers: 'mx.example.org # ours' }, language);
    expect(field(language).value).toBe('mx.example.org # ours');
    const described = (field(language).getAttribute('aria-describedby') ?? '').split(' ');
    const texts = described.map((id) => document.getElementById(id)?.textContent);
    expect(texts).toEqual(['', t('settings_servers_hint')]);
  });

  it('is described by what is wrong with it too', async () => {
    showSettings();
    type('mx');
    await save();
    const described = (field().getAttribute('aria-describedby') ?? '').split(' ');
    expect(described).toContain(screen.getByRole('alert').id);
  });

  it('is typed into and saved by keyboard alone', async () => {
    const { onChoose } = showSettings();
    const user = userEvent.setup();
    field().focus();
    await user.keyboard('mx.example.org{Enter}mx2.example.org');
    expect(onChoose).not.toHaveBeenCalled();
    await user.tab();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Save' }));
    await user.keyboard('{Enter}');
    expect(onChoose.mock.calls).toStrictEqual([[{ trustedServers: 'mx.example.org\nmx2.example.org' }]]);
  });

  it('keeps what is being written while another choice is saved', async () => {
    showSettings();
    type('mx.exam');
    await userEvent.click(screen.getByRole('radio', { name: 'Show none' }));
    await waitFor(() => expect(said()).toBe('Saved.'));
    expect(field().value).toBe('mx.exam');
  });
});
