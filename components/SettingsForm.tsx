/** The settings. A choice is saved at once and said so; one that could not be saved is said so too. */
import { useState } from 'preact/hooks';
import type { LanguageChoice as Language, Translate } from '../lib/explain/translate.ts';
import { LinkButton } from './Buttons.tsx';
import { Choice } from './Choice.tsx';
import { LanguageChoice } from './LanguageChoice.tsx';
import { type NamedResolver, ResolverChoice } from './ResolverChoice.tsx';
import { Sentence } from './Sentence.tsx';
import { type LineError, TrustedServers } from './TrustedServers.tsx';

/** What can be chosen here. */
export interface Chosen {
  readonly language: Language;
  readonly badges: boolean | null;
  readonly checkEvery: boolean;
  readonly resolver: string;
  readonly secondResolver: string | null;
  /** Own receivers and gateways, as written, one in a line. */
  readonly trustedServers: string;
  /** Whether DNS may be asked for names that hold the sender's address. */
  readonly mayReveal: boolean;
}

export interface SettingsFormProps {
  readonly chosen: Chosen;
  readonly resolvers: readonly NamedResolver[];
  readonly readAddress: (text: string) => string | null;
  readonly checkServers: (text: string) => readonly LineError[];
  /** Rejects where the browser cannot store it. */
  readonly onChoose: (changed: Partial<Chosen>) => Promise<void>;
  /** Asks for access to a resolver, from the click; whether it is there. */
  readonly allow: (url: string) => Promise<boolean>;
  readonly onClear: () => Promise<void>;
  readonly openAnalyzer: () => void;
  readonly t: Translate;
}

/** A function of the language: the choice may have been the language. */
type Said = { readonly say: (t: Translate) => string; readonly isComplaint: boolean };

export function SettingsForm(props: SettingsFormProps) {
  const { chosen, resolvers, readAddress, checkServers, onChoose, allow, onClear, openAnalyzer, t } = props;
  const [said, setSaid] = useState<Said>({ say: () => '', isComplaint: false });
  const report = (work: Promise<void>, done: Said['say']): void => {
    work.then(
      () => setSaid({ say: done, isComplaint: false }),
      () => setSaid({ say: (now) => now('ui_not_saved'), isComplaint: true }),
    );
  };
  const choose = (changed: Partial<Chosen>): void => report(onChoose(changed), (now) => now('ui_saved'));
  const chooseResolver = async (field: 'resolver' | 'secondResolver', url: string | null): Promise<void> => {
    const granted = url === null || (await allow(url).catch(() => false));
    // The one that is asked first need not be asked again: the two change places.
    const isSwap = field === 'resolver' && url === chosen.secondResolver;
    if (granted) return choose({ [field]: url, ...(isSwap ? { secondResolver: chosen.resolver } : {}) });
    if (url === null) return;
    const { hostname: host } = new URL(url);
    setSaid({ say: (now) => now('settings_refused', { host }), isComplaint: true });
  };
  const resolverProps = { known: resolvers, readAddress, t };

  return (
    <main class="page">
      <h1>{t('ui_settings')}</h1>
      <LanguageChoice language={chosen.language} onChoose={(language) => choose({ language })} t={t} />
      <Choice
        title={t('settings_badges')}
        value={chosen.badges === null ? null : chosen.badges ? 'on' : 'off'}
        onChoose={(value) => choose({ badges: value === 'on' })}
        hint={t('question_text')}
        options={[
          { value: 'on', label: t('settings_badges_on') },
          { value: 'off', label: t('settings_badges_off') },
        ]}
      />
      <Choice
        title={t('settings_check')}
        value={chosen.checkEvery ? 'every' : 'opened'}
        onChoose={(value) => choose({ checkEvery: value === 'every' })}
        hint={t('settings_check_hint')}
        options={[
          { value: 'opened', label: t('settings_check_opened') },
          { value: 'every', label: t('settings_check_every') },
        ]}
      />
      <ResolverChoice
        {...resolverProps}
        key={`first ${chosen.resolver}`}
        title={t('settings_resolver')}
        value={chosen.resolver}
        optional={false}
        onChoose={(url) => void chooseResolver('resolver', url)}
        hint={t('settings_resolver_hint')}
      />
      <ResolverChoice
        {...resolverProps}
        known={resolvers.filter(({ url }) => url !== chosen.resolver)}
        key={`second ${chosen.resolver} ${chosen.secondResolver}`}
        title={t('settings_second')}
        value={chosen.secondResolver}
        optional={true}
        onChoose={(url) => void chooseResolver('secondResolver', url)}
      />
      <Choice
        title={t('settings_reveal')}
        value={chosen.mayReveal ? 'ask' : 'never'}
        onChoose={(value) => choose({ mayReveal: value === 'ask' })}
        hint={t('settings_reveal_hint')}
        options={[
          { value: 'never', label: t('settings_reveal_never') },
          { value: 'ask', label: t('settings_reveal_ask') },
        ]}
      />
      <TrustedServers
        value={chosen.trustedServers}
        check={checkServers}
        onSave={(trustedServers) => choose({ trustedServers })}
        t={t}
      />
      <fieldset>
        <legend>{t('settings_stored')}</legend>
        <p>{t('settings_clear_hint')}</p>
        <LinkButton
          label={t('settings_clear')}
          onClick={() => report(onClear(), (now) => now('settings_cleared'))}
        />
      </fieldset>
      <LinkButton label={t('ui_analyzer')} onClick={openAnalyzer} />
      <p role="status" class={said.isComplaint ? 'saved complaint' : 'saved'}>
        <Sentence text={said.say(t)} />
      </p>
    </main>
  );
}
