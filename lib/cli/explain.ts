/** `explain`: the engine from a terminal. Exit status 0 a report, 2 wrong usage or unreadable input, 1 our own fault. */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import english from '../../public/_locales/en/messages.json' with { type: 'json' };
import japanese from '../../public/_locales/ja/messages.json' with { type: 'json' };
import {
  examine,
  examineDomain,
  MAX_MESSAGE_OCTETS,
  type Ports,
  parseTrustedServers,
  type Receiver,
} from '../engine/index.ts';
import type { DomainReport } from '../explain/domain-report.ts';
import { toDomainText } from '../explain/domain-text.ts';
import { toPlainText } from '../explain/plain-text.ts';
import { problemSentences } from '../explain/problem.ts';
import { type MessageReport, toReport } from '../explain/report.ts';
import { toDomainReport } from '../explain/to-domain-report.ts';
import { bare, translator } from '../explain/translate.ts';
import { unseenEscaped, visible } from '../explain/visible.ts';
import { dohResolver, PRESET_RESOLVERS } from '../platform/doh.ts';
import { platformPorts, systemClock } from '../platform/ports.ts';
import { publicSuffixOrganization } from '../platform/public-suffix.ts';
import {
  type DnsSource,
  type DomainRequest,
  isMailbox,
  languageOf,
  parseCommandLine,
  type Request,
} from './arguments.ts';
import { http2Transport } from './http2-transport.ts';
import { readZone, zoneResolver } from './zone.ts';

/** What the user can mend; told without a stack. */
class Unusable extends Error {}

const words = process.argv.slice(2);
const language = languageOf(words, process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG);
const t = translator(language === 'ja' ? japanese : english, bare);

try {
  process.exitCode = await run();
} catch (error) {
  if (error instanceof Unusable) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } else {
    const trace = String(error instanceof Error ? error.stack : error)
      .split('\n')
      .map(visible);
    process.stderr.write(`${t('cli_fault')}\n${trace.join('\n')}\n`);
    process.exitCode = 1;
  }
}

async function run(): Promise<number> {
  const line = parseCommandLine(words);
  if (line.kind === 'misuse') throw new Unusable(`${line.say(t)}\n${t('cli_usage')}`);
  if (line.kind === 'help') {
    process.stdout.write(`${t('cli_usage')}\n\n${t('cli_help', { resolver: PRESET_RESOLVERS[0] ?? '' })}\n`);
    return 0;
  }
  const { json } = line.request;
  process.stdout.write(
    line.kind === 'domain'
      ? printed(await explainDomain(line.request), json, toDomainText)
      : printed(await explainFile(line.request), json, toPlainText),
  );
  return 0;
}

/** A report in one of its two forms, in neither of which anything acts on the terminal. */
function printed<Report>(
  report: Report,
  json: boolean,
  toText: (report: Report, translate: typeof t) => string,
): string {
  return json ? `${unseenEscaped(JSON.stringify(report, null, 2))}\n` : toText(report, t);
}

async function explainDomain(request: DomainRequest): Promise<DomainReport> {
  const { resolve, close } = resolverFor(request);
  const { domain, selectors } = request;
  const examination = await examineDomain({ domain, selectors }, { resolve }).finally(close);
  return toDomainReport(examination, language, t);
}

async function explainFile(request: Request): Promise<MessageReport> {
  const octets = readOctets(request.file);
  const { resolve, close } = resolverFor(request);
  const clock = request.now;
  const ports = {
    ...platformPorts(resolve, clock === null ? systemClock : () => clock),
    publicSuffixOrganization,
  };
  // A zone file learns nothing from being asked.
  const source = { octets, completeness: 'full', mayReveal: request.zoneFile !== null } as const;
  const examined = await examine({ ...source, receiver: receiverOf(request) }, ports).finally(close);
  if (examined.kind === 'no-message') {
    const { title, advice } = problemSentences(t, examined.why, '');
    throw new Unusable(`${title}\n${advice}`);
  }
  return toReport(examined.examination, { via: 'file', bytes: octets.length, instead: null }, language, t);
}

/** An id alone is the receiver, the last of several; one with addresses is a gateway in front of it. */
function receiverOf({ receivers, trust }: Request): Receiver {
  const gateways = receivers.filter((text) => !isMailbox(text));
  const { servers: trusted } = parseTrustedServers(gateways.join('\n'));
  const id = receivers.findLast(isMailbox) ?? 'detect';
  return { id, basis: trust ? 'mailbox' : 'file', trusted };
}

function readOctets(file: string): Uint8Array<ArrayBuffer> {
  const octets = read(file);
  if (octets.length > MAX_MESSAGE_OCTETS) {
    throw new Unusable(t('cli_too_large', { file, limit: MAX_MESSAGE_OCTETS / 1024 / 1024 }));
  }
  return new Uint8Array(octets);
}

function read(file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new Unusable(t('cli_cannot_read', { file: visible(file), why: reasonOf(error) }));
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? visible(error.message) : '';
}

function resolverFor({ zoneFile, resolver }: DnsSource): { resolve: Ports['resolve']; close: () => void } {
  if (zoneFile !== null) {
    const text = read(zoneFile).toString('utf8');
    try {
      return { resolve: zoneResolver(readZone(JSON.parse(text))), close: () => {} };
    } catch (error) {
      throw new Unusable(t('cli_bad_zone', { file: visible(zoneFile), why: reasonOf(error) }));
    }
  }
  const transport = http2Transport();
  const urls = resolver === null ? PRESET_RESOLVERS : [resolver];
  return { resolve: dohResolver(urls, transport.get), close: transport.close };
}
