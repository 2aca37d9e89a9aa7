/** The settings as their user meets them. */
import { cleanup, render, screen } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { SettingsForm } from '../../components/SettingsForm.tsx';
import { translatorFor } from '../kit/samples.ts';

afterEach(cleanup);

it('names each language in itself, shows the chosen one, saves a choice and says so', async () => {
  const onLanguage = vi.fn(async () => {});
  render(<SettingsForm language="auto" onLanguage={onLanguage} t={translatorFor('en')} />);
  const group = screen.getByRole('group', { name: 'Language' });
  expect([...group.querySelectorAll('label')].map(({ textContent }) => textContent)).toEqual([
    'As in the browser',
    'English',
    '日本語',
  ]);
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'As in the browser' }).checked).toBe(true);
  await userEvent.click(screen.getByRole('radio', { name: '日本語' }));
  expect(onLanguage).toHaveBeenCalledWith('ja');
  expect((await screen.findByRole('status')).textContent).toBe('Saved.');
});
