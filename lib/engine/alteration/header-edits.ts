/** The usual suspects of a header: every single change of which it makes sense to suppose that it happened after signing. */
import type { Ports } from '../ports.ts';
import { TRANSFERS } from './content-forms.ts';
import type { Edit, Entry, Scene } from './edit.ts';
import { plainValue } from './field-text.ts';
import { copied, formsOfAll, ownForms, replacements } from './replacements.ts';
import { elsewhere, keptCopies, signersCopies } from './witness.ts';

/** Fields for which variants are made; a mail that signs more is no usual one. */
const MAX_EDITED = 60;
/** Fields of one name for which variants are made. */
const MAX_INSTANCES = 3;
/** A longer field is left as it is. */
const MAX_FIELD = 10_000;
/** Instances of one name that are exchanged for one another. */
const MAX_EXCHANGED = 6;

/** All edits, cheapest first, none of which leaves the canonical form as it is. */
export function headerEdits(scene: Scene, decodeCharset: Ports['decodeCharset']): readonly Edit[] {
  const { message, signature } = scene;
  const names = new Set(signature.signedHeaders);
  const signed = [...message.fields.entries()].filter(
    ([, { key, raw }]) => names.has(key) && raw.length <= MAX_FIELD,
  );
  const edited = lastOfEach(signed).slice(-MAX_EDITED);
  const kept = keptCopies(message);
  const others = elsewhere(message, kept);
  const edits = [
    ...copied(scene, edited),
    ...edited.flatMap(([at, field]) => replacements(scene, at, field, kept, others, decodeCharset)),
    ...ownForms(scene),
    ...formsOfAll(scene, edited),
    ...removals(signature.signedHeaders, signed),
    ...insertions(scene),
    ...exchanges(signed),
  ];
  return edits.toSorted((one, other) => one.cost - other.cost);
}

/** The last few fields of each name: those are signed first (RFC 6376 §5.4.2). */
function lastOfEach(signed: readonly Entry[]): readonly Entry[] {
  const counts = new Map<string, number>();
  return signed
    .toReversed()
    .filter(([, { key }]) => {
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return count <= MAX_INSTANCES;
    })
    .toReversed();
}

/** Fields that lists put in; they are taken out one by one and all at once. */
const LIST_FIELDS = /^(?:list-.*|sender|reply-to|precedence|errors-to|mailing-list|archived-at)$/;

/** Fields of a signed name, each supposed to have been added; From must remain. */
function removals(signedHeaders: readonly string[], signed: readonly Entry[]): readonly Edit[] {
  const froms = signed.filter(([, { key }]) => key === 'from').length;
  const removable = signed.filter(([, { key }]) => key !== 'from' || froms > 1).slice(0, MAX_EDITED);
  const removing = (entries: readonly Entry[], cost: number): Edit => ({
    steps: entries.map(([at]) => ({ kind: 'remove', at })),
    places: entries.map(([at]) => at),
    cost,
  });
  const single = removable.map((entry): Edit => {
    const [, { key }] = entry;
    const excess = signed.filter(([, other]) => other.key === key).length;
    const overSigned = signedHeaders.filter((name) => name === key).length > 1;
    return removing([entry], LIST_FIELDS.test(key) || overSigned || excess > 1 ? 1.2 : 2.5);
  });
  const ofLists = removable.filter(([, { key }]) => LIST_FIELDS.test(key));
  const withoutReplyTo = ofLists.filter(([, { key }]) => key !== 'reply-to');
  const sets = [ofLists, withoutReplyTo].filter((entries) => entries.length > 1);
  return [...single, ...sets.map((entries) => removing(entries, 1.8))];
}

/** Values that a field may have had that `h=` names and the mail lacks. */
function insertions({ message, field, signature, listed, inner }: Scene): readonly Edit[] {
  const present = new Set(message.fields.map(({ key }) => key));
  const from = message.fields.find(({ key }) => key === 'from')?.raw ?? '';
  const copies = [...signersCopies(message.fields[field]?.raw ?? ''), ...inner, ...keptCopies(message)];
  const absent = [...new Set(signature.signedHeaders)]
    .filter((name) => !present.has(name))
    .slice(0, MAX_EDITED);
  return absent.flatMap((key) => {
    const name = listed.find((spelled) => spelled.toLowerCase() === key) ?? key;
    const known = copies.filter((copy) => copy.key === key).map(({ value }) => value);
    const usual =
      key === 'sender' || key === 'reply-to'
        ? [` ${plainValue(from)}`]
        : (USUAL.get(key) ?? []).map((value) => ` ${value}`);
    const texts = [...known, ...usual].map((value) => `${name}:${value}`);
    return texts.map((raw, rank): Edit => {
      const cost = (rank < known.length ? 1.5 : 2) + rank / 25;
      return { steps: [{ kind: 'insert', raw }], places: [key], cost };
    });
  });
}

const USUAL: ReadonlyMap<string, readonly string[]> = new Map([
  ['mime-version', ['1.0']],
  ['content-transfer-encoding', TRANSFERS],
  [
    'content-type',
    [
      'text/plain; charset=utf-8',
      'text/plain; charset="utf-8"',
      'text/plain; charset=UTF-8',
      'text/plain; charset=us-ascii',
      'text/plain',
    ],
  ],
  ['content-language', ['en-US', 'en', 'de-DE', 'ja']],
  ['to', ['undisclosed-recipients:;', 'undisclosed-recipients: ;']],
]);

/** Two neighbours of one name exchanged, and all of one name turned round. */
function exchanges(signed: readonly Entry[]): readonly Edit[] {
  return [...new Set(signed.map(([, { key }]) => key))].flatMap((key) => {
    const places = signed.filter(([, field]) => field.key === key).map(([at]) => at);
    if (places.length < 2 || places.length > MAX_EXCHANGED) return [];
    const pairs = places
      .slice(1)
      .map((at, before) => [{ kind: 'swap' as const, at, with: places[before] ?? at }]);
    const half = places.slice(0, Math.floor(places.length / 2));
    const turned = half.map((at, index) => ({
      kind: 'swap' as const,
      at,
      with: places.at(-1 - index) ?? at,
    }));
    const sets = places.length > 2 ? [...pairs, turned] : pairs;
    return sets.map((steps): Edit => ({ steps, places, cost: 2 }));
  });
}
