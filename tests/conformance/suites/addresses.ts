/**
 * Address lists, parsed or rejected. We read a From field, so that `rejected` means: no clean single author;
 * `parses` means: mailboxes or groups come out.
 */
import { parseAddressList } from '../../../lib/engine/message/address.ts';
import { type Deviations, type Outcome, outcomeOf, readJson, type Suite, strayDeviations } from './suite.ts';

interface Case {
  readonly file: string;
  readonly test: string;
  readonly input: string;
  readonly expect: 'parses' | 'rejected';
}

const DOTS =
  'RFC 5321 §2.3.11: only the host reads a local part; stray dots in it do not change whose domain it is';
const NO_DOMAIN = 'RFC 5322 §3.4.1: an addr-spec has an @ and a domain; a name without them is no author';
const OPEN_ANGLE = 'RFC 5322 §3.4: an angle-addr is closed; the suite rejects the same input elsewhere';
const LONE_ANGLE = 'RFC 5322 §3.4: an angle-addr is opened; the suite rejects the same input elsewhere';
const ANGLES = 'RFC 5322 §3.4: one pair of angles; the suite rejects the same input elsewhere';
const OPEN_QUOTE = 'RFC 5322 §3.2.4: a quoted string is closed; the suite rejects the same input elsewhere';
const BRACKETS =
  'a bracket in a display name is tolerated, as the suite’s own InternetAddressTests do: the angle decides';
const NAME =
  'an address as an unquoted name is a name, as the suite’s own InternetAddressTests say: the angle decides';

const DEVIATIONS: Deviations = {
  'parses "jeff"': NO_DOMAIN,
  'parses "jeff (Jeffrey Stedfast)"': NO_DOMAIN,
  'parses "jeff>"': LONE_ANGLE,
  'parses "second@example.org>"': LONE_ANGLE,
  'parses "<another@example.net"': OPEN_ANGLE,
  'parses "<<<user2@example.org>>>"': ANGLES,
  'parses "<third@example.net, fourth@example.net>"': 'RFC 5322 §3.4: an angle-addr holds one addr-spec',
  'parses "\\"Joe <joe@example.com>"': OPEN_QUOTE,
  'parses "\\"Joe <joe@example.com>, Bob <bob@example.com>"': 'RFC 5322 §3.2.4: a quoted string is closed',
  'parses "(Testing <fran@example.com>"': 'RFC 5322 §3.2.2: a comment is closed',
  'parses "\\\\u200Btest@test.co.uk"':
    'RFC 5322 §3.2.3: a backslash is no atext (the source meant the letter U+200B)',
  'parses "First Last <webmaster\\\\@custom-domain.com@mail-host.com>"':
    'RFC 5322 §3.2.1: a quoted pair stands in quotes only; two @ leave open whose domain it is',
  'parses "User Name <@route,@伊昭傑@郵件.商務:user@domain.com>"':
    'RFC 5322 §4.4: each element of a route has one @',
  'rejected "test.@gmail.com"': DOTS,
  'rejected "test..@gmail.com"': DOTS,
  'rejected "test..test@gmail.com"': DOTS,
  'rejected "user@example.com <user@example.com>"': NAME,
  'rejected "[Invalid Sender] <sender@tk2-201-10422.vs.sakura.ne.jp>"': BRACKETS,
  'rejected "Tom Doe [Cörp Öne] <tom.doe@corpone.com>"': BRACKETS,
};

function judge({ input, expect }: Case): Outcome {
  const { mailboxes, groups, errors } = parseAddressList(input);
  const found = JSON.stringify({ mailboxes, groups, errors });
  const isCleanAuthor = mailboxes.length === 1 && errors.length === 0;
  const yields = mailboxes.length > 0 || groups.length > 0;
  const agrees = expect === 'parses' ? yields : !isCleanAuthor;
  return outcomeOf(`${expect} ${JSON.stringify(input)}`, agrees ? null : found, DEVIATIONS);
}

async function run(folder: string): Promise<readonly Outcome[]> {
  const outcomes = readJson<Case[]>(folder, 'addresses/inputs.json').map(judge);
  return [...outcomes, ...strayDeviations(DEVIATIONS, outcomes)];
}

export const addresses: Suite = { name: 'addresses', run };
