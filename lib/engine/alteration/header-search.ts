/** Searches for the cheapest edits of a header under which the signature holds. */
import { canonicalField, canonicalSignatureField, selectSigned } from '../dkim/canonicalize.ts';
import { fromBinaryString } from '../octets.ts';
import type { Ports } from '../ports.ts';
import type { HeaderAlteration } from './alteration.ts';
import { describeField } from './describe-field.ts';
import type { Edit, Scene } from './edit.ts';
import { keyOf, nameOf, preview, readable } from './field-text.ts';
import { headerEdits } from './header-edits.ts';

/** Octets taken in by digests for one header. */
const MAX_OCTETS = 8 * 1024 * 1024;
/** Edits, of the cheapest, that are tried two and three at a time, and how many of them may concern one place. */
const PAIRED = 300;
const TRIPLED = 40;
const PAIRED_OF_EACH = 25;

/** Whether the signature holds over these octets. */
export type Holds = (octets: Uint8Array<ArrayBuffer>) => Promise<boolean>;

/** The edits that make it hold, or null; `[]` where it holds as it stands. */
export async function searchHeader(
  scene: Scene,
  attempts: number,
  holds: Holds,
  decodeCharset: Ports['decodeCharset'],
): Promise<readonly Edit[] | null> {
  const octetsUnder = signedUnder(scene);
  const asIs = octetsUnder([]);
  if (await holds(asIs)) return [];
  const affordable = Math.min(attempts, Math.floor(MAX_OCTETS / (asIs.length + scene.message.fields.length)));
  if (affordable === 0) return null;
  const combinations = combined(headerEdits(scene, decodeCharset)).slice(0, affordable);
  for (const edits of combinations) {
    if (await holds(octetsUnder(edits))) return edits;
  }
  return null;
}

/** Single edits, pairs and triples, cheapest first. */
function combined(edits: readonly Edit[]): readonly (readonly Edit[])[] {
  const pairs = pairsOf(cheapestOfEach(edits).slice(0, PAIRED));
  const few = edits.filter(({ isShape }) => !isShape).slice(0, TRIPLED);
  const triples = pairsOf(few).flatMap((pair) => {
    const later = few.slice(few.indexOf(pair[1]) + 1);
    return later.filter((edit) => pair.every((other) => apart(edit, other))).map((edit) => [...pair, edit]);
  });
  const priced = [...edits.map((edit) => [edit]), ...pairs, ...triples].map((set) => ({
    set,
    cost: costOf(set),
  }));
  return priced.sort((one, other) => one.cost - other.cost).map(({ set }) => set);
}

/** Each further edit has its price, and a shape in company has another. */
function costOf(edits: readonly Edit[]): number {
  const [only, ...others] = edits;
  if (only !== undefined && others.length === 0) return only.cost / 2;
  const shapes = edits.filter(({ isShape }) => isShape).length;
  return edits.reduce((sum, { cost }) => sum + cost, edits.length * edits.length * 0.5 + shapes * 1.5);
}

/** The field with the most variants must not crowd out the others. */
function cheapestOfEach(edits: readonly Edit[]): readonly Edit[] {
  const counts = new Map<string, number>();
  return edits.filter(({ places }) => {
    const place = places.join();
    const count = (counts.get(place) ?? 0) + 1;
    counts.set(place, count);
    return count <= PAIRED_OF_EACH;
  });
}

function pairsOf(edits: readonly Edit[]): readonly (readonly [Edit, Edit])[] {
  return edits.flatMap((edit, at) =>
    edits.slice(at + 1).flatMap((other): [Edit, Edit][] => (apart(edit, other) ? [[edit, other]] : [])),
  );
}

/** Whether two edits can go together; two shapes do so only where the whole header has one. */
function apart(one: Edit, other: Edit): boolean {
  return !(one.isShape && other.isShape) && one.places.every((place) => !other.places.includes(place));
}

/** The octets that would be signed under some edits (RFC 6376 §3.7). */
function signedUnder({
  message,
  field,
  signature,
}: Scene): (edits: readonly Edit[]) => Uint8Array<ArrayBuffer> {
  const form = signature.headerCanonicalization;
  const names = new Set(signature.signedHeaders);
  const fields = message.fields.map(({ key, raw }) => ({
    key,
    text: names.has(key) ? canonicalField(raw, form) : '',
  }));
  const itself = message.fields[field]?.raw ?? '';
  return (edits) => {
    const steps = edits.flatMap((edit) => edit.steps);
    const inserted: typeof fields = [];
    const edited: ((typeof fields)[number] | null)[] = [...fields];
    let own = itself;
    for (const step of steps) {
      if (step.kind === 'insert')
        inserted.push({ key: keyOf(step.raw), text: canonicalField(step.raw, form) });
      else if (step.kind === 'remove') edited[step.at] = null;
      else if (step.kind === 'swap')
        [edited[step.at], edited[step.with]] = [edited[step.with] ?? null, edited[step.at] ?? null];
      else if (step.at === field) own = step.raw;
      else edited[step.at] = { key: keyOf(step.raw), text: canonicalField(step.raw, form) };
    }
    const header = [...inserted, ...edited.filter((entry) => entry !== null)];
    const selected = selectSigned(
      header.map(({ key }) => key),
      signature.signedHeaders,
    );
    return fromBinaryString(
      selected.map((at) => header[at]?.text ?? '').join('') + canonicalSignatureField(own, form),
    );
  };
}

/** What the edits say about the mail, from the top. */
export function describeEdits(
  { message }: Scene,
  edits: readonly Edit[],
  decodeCharset: Ports['decodeCharset'],
): readonly HeaderAlteration[] {
  const rawAt = (at: number): string => message.fields[at]?.raw ?? '';
  const alterations = edits.flatMap(({ steps, places }) => {
    const [first] = steps;
    if (first?.kind === 'swap') {
      const fields = places.filter((place) => typeof place === 'number');
      return [{ kind: 'fields-reordered', name: nameOf(rawAt(first.at)), fields } satisfies HeaderAlteration];
    }
    return steps.map((step): HeaderAlteration => {
      if (step.kind === 'replace') return describeField(step.at, step.raw, rawAt(step.at), decodeCharset);
      if (step.kind === 'insert') {
        return {
          kind: 'field-removed',
          name: nameOf(step.raw),
          before: preview(readable(step.raw, decodeCharset)),
        };
      }
      const raw = rawAt(step.at);
      return {
        kind: 'field-added',
        field: step.at,
        name: nameOf(raw),
        after: preview(readable(raw, decodeCharset)),
      };
    });
  });
  return alterations.toSorted((one, other) => lineOf(one) - lineOf(other));
}

/** What is gone stands behind everything that is there. */
function lineOf(alteration: HeaderAlteration): number {
  if (alteration.kind === 'field-removed') return Number.MAX_SAFE_INTEGER;
  return alteration.kind === 'fields-reordered' ? (alteration.fields[0] ?? 0) : alteration.field;
}
