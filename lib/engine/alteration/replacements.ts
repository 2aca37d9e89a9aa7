/** Suppositions that a field was changed: each puts another text in its place. */
import { canonicalField } from '../dkim/canonicalize.ts';
import type { MessageSignature } from '../dkim/signature.ts';
import type { HeaderField } from '../message/split.ts';
import type { Ports } from '../ports.ts';
import { type Elsewhere, formerAuthors, formerRecipients, recased, remarked } from './address-forms.ts';
import { redated, retransferred, retyped, reversioned } from './content-forms.ts';
import type { Edit, Entry, Scene } from './edit.ts';
import { FORMS, reencoded, rejoined, reshaped } from './field-forms.ts';
import { nameOf, type Variant, variants } from './field-text.ts';
import { untagged } from './subject.ts';
import { signersCopies, type Witness } from './witness.ts';

/** What one field may have been. */
export function replacements(
  { signature, listed }: Scene,
  at: number,
  { key, raw }: HeaderField,
  kept: readonly Witness[],
  others: Elsewhere,
  decodeCharset: Ports['decodeCharset'],
): readonly Edit[] {
  const spelled = listed.find((name) => name.toLowerCase() === key) ?? key;
  const copies = kept.filter((copy) => copy.key === key).map(({ value }) => `${nameOf(raw)}:${value}`);
  const found = [
    ...variants(raw, copies, 1),
    ...ofItsKind(key, raw, others, decodeCharset),
    ...reshaped(raw, spelled),
    ...rejoined(raw),
    ...reencoded(raw, decodeCharset),
  ];
  return distinct(found, raw, signature.headerCanonicalization).map((variant) => replacing(at, variant));
}

/** What is usually done to a field of that name. */
function ofItsKind(
  key: string,
  raw: string,
  others: Elsewhere,
  decodeCharset: Ports['decodeCharset'],
): readonly Variant[] {
  switch (key) {
    case 'subject':
      return untagged(raw, decodeCharset);
    case 'from':
      return [...formerAuthors(raw, others, decodeCharset), ...remarked(raw), ...recased(raw, others)];
    case 'reply-to':
    case 'to':
    case 'cc':
      return [...formerRecipients(raw, others), ...remarked(raw), ...recased(raw, others)];
    case 'sender':
      return [...remarked(raw), ...recased(raw, others)];
    case 'date':
      return redated(raw);
    case 'content-type':
      return retyped(raw);
    case 'content-transfer-encoding':
      return retransferred(raw);
    case 'mime-version':
      return reversioned(raw);
    default:
      return [];
  }
}

function replacing(at: number, { raw, ...rest }: Variant): Edit {
  return { steps: [{ kind: 'replace', at, raw }], places: [at], ...rest };
}

/** The cheapest variant of each canonical form other than the present one. */
function distinct(
  found: readonly Variant[],
  raw: string,
  form: MessageSignature['headerCanonicalization'],
): readonly Variant[] {
  const seen = new Set([canonicalField(raw, form)]);
  return found
    .toSorted((one, other) => one.cost - other.cost)
    .filter((variant) => {
      const canonical = canonicalField(variant.raw, form);
      return !seen.has(canonical) && seen.add(canonical);
    });
}

/** The signature field is signed too; a relay may fold it anew. */
export function ownForms({ message, field, signature }: Scene): readonly Edit[] {
  const raw = message.fields[field]?.raw ?? '';
  if (signature.headerCanonicalization === 'relaxed')
    return rejoined(raw).map((variant) => replacing(field, variant));
  return distinct([...reshaped(raw, nameOf(raw)), ...rejoined(raw)], raw, 'simple').map((variant) =>
    replacing(field, variant),
  );
}

/** One change of shape in every field at once: relays that write a header anew write all of it. */
export function formsOfAll({ message, field, signature }: Scene, signed: readonly Entry[]): readonly Edit[] {
  if (signature.headerCanonicalization === 'relaxed') return [];
  const own = message.fields[field];
  const sets: readonly (readonly Entry[])[] =
    own === undefined ? [signed] : [signed, [...signed, [field, own]]];
  return sets.flatMap((entries) =>
    FORMS.map((form) =>
      together(
        entries.map(([at, { raw }]) => [at, raw, form(raw)] as const),
        2.2,
      ),
    ),
  );
}

/** One edit that replaces all raw fields that differ. */
function together(replaced: readonly (readonly [number, string, string])[], cost: number): Edit {
  const changed = replaced.filter(([, is, was]) => is !== was);
  return {
    steps: changed.map(([at, , raw]) => ({ kind: 'replace', at, raw })),
    places: changed.map(([at]) => at),
    cost,
  };
}

/** What the signer copied into `z=` and what stands in the part that was the mail: all that differ at once, and each. */
export function copied(
  { message, field, signature, inner }: Scene,
  signed: readonly Entry[],
): readonly Edit[] {
  const signers = signersCopies(message.fields[field]?.raw ?? '');
  return [signers, inner].flatMap((copies) => {
    const replaced = signed.flatMap(([at, { key, raw }]): [number, string, string][] => {
      const copy = copies.find((witness) => witness.key === key);
      if (copy === undefined) return [];
      const was = `${nameOf(raw)}:${copy.value}`;
      const form = signature.headerCanonicalization;
      return canonicalField(was, form) === canonicalField(raw, form) ? [] : [[at, raw, was]];
    });
    if (replaced.length === 0) return [];
    return [together(replaced, 0.5), ...replaced.map(([at, , raw]) => replacing(at, { raw, cost: 0.5 }))];
  });
}
