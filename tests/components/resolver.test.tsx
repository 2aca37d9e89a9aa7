/** Which resolver is asked: nothing is saved that is no address, or that the browser may not reach. */
import { cleanup, fireEvent, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { chosenIn, GOOGLE, question, SWAPPED, said, showSettings } from './settings-kit.tsx';

afterEach(cleanup);

const WORDS = {
  en: {
    first: 'DNS resolver',
    second: 'When it does not answer, ask',
    other: 'another one',
    address: 'Address of its DNS over HTTPS service',
    use: 'Use it',
    bad: 'This is not the address of a resolver. It begins with https://, as in https://dns.example/dns-query',
    refused: 'Access to dns.example was not allowed, so nothing was changed.',
  },
  ja: {
    first: 'DNS リゾルバー',
    second: '答えないときに尋ねる先',
    other: 'そのほか',
    address: 'DNS over HTTPS のアドレス',
    use: '使う',
    bad: 'リゾルバーのアドレスではありません。https://dns.example/dns-query のように https:// で始まります。',
    refused: 'dns.example へのアクセスが許可されなかったため、変更していません。',
  },
} as const;
const { first, second, other, address, use } = WORDS.en;
const OWN = 'https://dns.example/dns-query';

/** Chooses another resolver and types its address. */
async function type(text: string, language: 'en' | 'ja' = 'en', group: 'first' | 'second' = 'first') {
  const named = WORDS[language];
  const choice = question(named[group]);
  await userEvent.click(choice.getByRole('radio', { name: named.other }));
  const field = choice.getByRole('textbox', { name: named.address });
  await userEvent.type(field, text);
  const submit = () => userEvent.click(choice.getByRole('button', { name: named.use }));
  return { field, submit, complaint: () => choice.getByRole('alert') };
}

describe('a known resolver', () => {
  it('is saved once its host may be reached', async () => {
    const { onChoose, allow } = showSettings();
    await userEvent.click(question(first).getByRole('radio', { name: 'Google' }));
    await waitFor(() => expect(onChoose.mock.calls).toStrictEqual([[SWAPPED]]));
    expect(allow).toHaveBeenCalledExactlyOnceWith(GOOGLE);
  });

  it('asks the browser within the click: later it would be refused', () => {
    const { allow } = showSettings();
    fireEvent.click(question(first).getByRole('radio', { name: 'Google' }));
    expect(allow).toHaveBeenCalledOnce();
  });

  it('whose host may not be reached is not saved, and the one that is asked stays shown', async () => {
    const { onChoose, allow } = showSettings();
    allow.mockResolvedValue(false);
    await userEvent.click(question(first).getByRole('radio', { name: 'Google' }));
    await waitFor(() => expect(said()).toBe('Access to dns.google was not allowed, so nothing was changed.'));
    expect(onChoose).not.toHaveBeenCalled();
    expect(chosenIn(first)).toBe('Cloudflare');
  });

  it('that is taken away needs no access', async () => {
    const { onChoose, allow } = showSettings();
    await userEvent.click(question(second).getByRole('radio', { name: 'no one' }));
    await waitFor(() => expect(onChoose.mock.calls).toStrictEqual([[{ secondResolver: null }]]));
    expect(allow).not.toHaveBeenCalled();
  });

  it('is always there: only the second may be no one', () => {
    showSettings();
    expect(question(first).queryByRole('radio', { name: 'no one' })).toBeNull();
    expect(question(second).getByRole('radio', { name: 'no one' })).toBeTruthy();
  });
});

describe('another resolver', () => {
  it('changes nothing before its address is given', async () => {
    const { onChoose, allow } = showSettings();
    expect(question(first).queryByRole('textbox')).toBeNull();
    await userEvent.click(question(first).getByRole('radio', { name: other }));
    expect(question(first).getByRole<HTMLInputElement>('textbox', { name: address }).value).toBe('');
    expect(chosenIn(first)).toBe(other);
    expect(question(second).queryByRole('textbox')).toBeNull();
    expect(onChoose).not.toHaveBeenCalled();
    expect(allow).not.toHaveBeenCalled();
    expect(said()).toBe('');
  });

  it.each(['en', 'ja'] as const)('whose address is none is complained about (%s)', async (language) => {
    const { onChoose, allow } = showSettings({}, language);
    const { field, submit, complaint } = await type('http://dns.example/dns-query', language);
    expect(complaint().textContent).toBe('');
    await submit();
    expect(complaint().textContent).toBe(WORDS[language].bad);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(field.getAttribute('aria-describedby')).toBe(complaint().id);
    expect(allow).not.toHaveBeenCalled();
    expect(onChoose).not.toHaveBeenCalled();
  });

  it.each(['dns.example', 'https://', 'https://me:secret@dns.example/q', 'javascript:alert(1)', ' '])(
    'cannot be at “%s”',
    async (text) => {
      const { onChoose, allow } = showSettings();
      const { submit, complaint } = await type(text);
      await submit();
      expect(complaint().textContent).toBe(WORDS.en.bad);
      expect(allow).not.toHaveBeenCalled();
      expect(onChoose).not.toHaveBeenCalled();
    },
  );

  it('is used once its address is mended, and the complaint is gone', async () => {
    const { onChoose } = showSettings();
    const { field, submit, complaint } = await type('dns.example');
    await submit();
    await userEvent.clear(field);
    await userEvent.type(field, OWN);
    await submit();
    await waitFor(() => expect(onChoose.mock.calls).toStrictEqual([[{ resolver: OWN }]]));
    expect(complaint().textContent).toBe('');
    expect(field.getAttribute('aria-invalid')).toBe('false');
  });

  it.each(['en', 'ja'] as const)(
    'whose host may not be reached is not saved, and its address stays to be tried again (%s)',
    async (language) => {
      const { onChoose, allow } = showSettings({}, language);
      allow.mockResolvedValue(false);
      const { field, submit } = await type(OWN, language);
      await submit();
      await waitFor(() => expect(said()).toBe(WORDS[language].refused));
      expect(allow).toHaveBeenCalledExactlyOnceWith(OWN);
      expect(onChoose).not.toHaveBeenCalled();
      expect(field).toHaveProperty('value', OWN);
    },
  );

  it('is saved where access is allowed', async () => {
    const { onChoose, allow } = showSettings();
    const { submit } = await type(OWN);
    await submit();
    await waitFor(() => expect(said()).toBe('Saved.'));
    expect(allow).toHaveBeenCalledExactlyOnceWith(OWN);
    expect(onChoose.mock.calls).toStrictEqual([[{ resolver: OWN }]]);
  });

  it('is used with the Enter key too, its address as others write it', async () => {
    const { onChoose } = showSettings();
    await type(` ${OWN}{{?dns}`);
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(onChoose.mock.calls).toStrictEqual([[{ resolver: OWN }]]));
  });

  it('may be the second one', async () => {
    const { onChoose } = showSettings({ secondResolver: null });
    const { submit } = await type(OWN, 'en', 'second');
    await submit();
    await waitFor(() => expect(onChoose.mock.calls).toStrictEqual([[{ secondResolver: OWN }]]));
  });

  it('that is in use is shown with its address', () => {
    showSettings({ resolver: OWN });
    expect(chosenIn(first)).toBe(other);
    expect(question(first).getByRole<HTMLInputElement>('textbox', { name: address }).value).toBe(OWN);
    expect(question(first).getByRole('button', { name: use })).toBeTruthy();
  });

  it('is put away by choosing a known one', async () => {
    const { onChoose } = showSettings();
    await type('dns.exa');
    await userEvent.click(question(first).getByRole('radio', { name: 'Google' }));
    await waitFor(() => expect(onChoose.mock.calls).toStrictEqual([[SWAPPED]]));
    expect(question(first).queryByRole('textbox')).toBeNull();
  });
});
