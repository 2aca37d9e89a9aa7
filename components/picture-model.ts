/** What the picture shows, worked out from a report. */
import { isOwnMail } from '../lib/engine/index.ts';
import type { CheckedSignature } from '../lib/explain/checked.ts';
import type { MessageReport } from '../lib/explain/report.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { visible } from '../lib/explain/visible.ts';

export interface Road {
  /** `arrives`: an aligned pass. `stops`: a pass of somebody else. `broken`: failed. `open`: not known yet or at all. */
  readonly state: 'arrives' | 'stops' | 'broken' | 'open' | 'none';
  readonly name: string;
}

export interface Gate {
  readonly word: string;
  readonly tone: 'ok' | 'bad' | 'mute';
}

export interface House {
  readonly name: string;
  readonly status: string;
  readonly tone: Gate['tone'];
  readonly gate: Gate;
}

/** There is something to draw where there is one name to claim, and a way on which the mail came to it. */
export function isDrawn({ from, findings }: MessageReport): boolean {
  return from.domain !== null && !isOwnMail(findings);
}

export function roadsOf(report: MessageReport, t: Translate): { server: Road; signature: Road } {
  const server = serverRoad(report, t);
  const signature = signatureRoad(report, t);
  const isExplained = [server, signature].some(({ state }) => state === 'arrives' || state === 'open');
  // Something counted on delivery, and what it was cannot be told any more: no road is shown as foreign.
  return report.level === 'authenticated' && !isExplained
    ? { server: opened(server), signature: opened(signature) }
    : { server, signature };
}

function opened(road: Road): Road {
  return road.state === 'stops' ? { ...road, state: 'open' } : road;
}

const SPF_STATES: Readonly<Record<string, Road['state']>> = {
  'spf-aligned': 'arrives',
  'spf-unaligned': 'stops',
  'spf-helo-only': 'stops',
  'spf-fail': 'broken',
  'spf-fail-signed': 'broken',
  'spf-neutral': 'stops',
  'spf-none': 'stops',
};

/** What counted on delivery and would not by today's DNS: its road is left open. */
function hasPassedThen({ findings }: MessageReport, road: 'server' | 'signature', domain: string): boolean {
  return findings.some((finding) => {
    switch (finding.code) {
      case 'now-only-psl':
        return finding.params.domain === domain;
      case 'now-key-gone':
        return road === 'signature' && finding.params.domain === domain;
      case 'now-body-changed':
        return road === 'signature';
      default:
        return false;
    }
  });
}

/** A pass in a file is told, but a file can be made up: its road stays open. */
function serverRoad(report: MessageReport, t: Translate): Road {
  const { findings, reported, checked } = report;
  const finding = findings.find(({ about }) => about === 'SPF');
  const params = finding?.params ?? {};
  const name = 'domain' in params ? String(params.domain) : '';
  const state = SPF_STATES[finding?.code ?? ''] ?? 'open';
  const isBelieved = reported.basis === 'mailbox' || checked.spf.counts;
  const isOpen = state === 'arrives' ? !isBelieved : hasPassedThen(report, 'server', name);
  const believed = isOpen ? 'open' : state;
  return { state: believed, name: name === '' ? t('picture_not_known') : visible(name) };
}

/** The signature that speaks loudest: an aligned pass, else any pass, else an aligned one, else the first. */
function signatureRoad(report: MessageReport, t: Translate): Road {
  const { checked, rule } = report;
  const { dkim } = checked;
  const chosen =
    dkim.find(({ result, aligned }) => result === 'pass' && aligned === true) ??
    dkim.find(({ result }) => result === 'pass') ??
    dkim.find(({ aligned }) => aligned === true) ??
    dkim[0];
  if (chosen === undefined) return { state: 'none', name: t('picture_unsigned') };
  const name = chosen.domain === '' ? t('picture_not_known') : visible(chosen.domain);
  const isPending = rule === 'pending' && chosen.result === null;
  const isOpen =
    isPending ||
    ((chosen.aligned !== true || chosen.result !== 'pass') &&
      hasPassedThen(report, 'signature', chosen.domain));
  return { state: isOpen ? 'open' : stateOf(chosen), name };
}

function stateOf({ result, aligned }: CheckedSignature): Road['state'] {
  switch (result) {
    case 'pass':
      return aligned === true ? 'arrives' : aligned === false ? 'stops' : 'open';
    case 'fail':
      return 'broken';
    default:
      return 'open';
  }
}

export function houseOf(report: MessageReport, t: Translate): House {
  const name = report.from.domain ?? report.from.domains[0] ?? t('picture_no_name');
  const tone = report.level === 'authenticated' ? 'ok' : report.level === 'failed' ? 'bad' : 'mute';
  return {
    name: visible(name),
    status: statusOf(report, t),
    tone,
    // Where nobody knows the policy there is nothing to be green about.
    gate: { word: policyWord(report, t), tone: isUnanswered(report) ? 'mute' : tone },
  };
}

function isUnanswered({ checked, findings }: MessageReport): boolean {
  return checked.dmarc?.appliedPolicy == null && findings.some(({ code }) => code === 'policy-unanswered');
}

function statusOf({ level, rule }: MessageReport, t: Translate): string {
  if (rule === 'pending') return t('picture_pending');
  switch (level) {
    case 'authenticated':
      return t('picture_vouched');
    case 'failed':
      return t('picture_not_vouched');
    case 'unprotected':
      return t('picture_no_rule');
    case 'unknown':
      return t('picture_open');
  }
}

/** The policy as applied, in its RFC word. */
function policyWord(report: MessageReport, t: Translate): string {
  const { checked, findings } = report;
  if (checked.dmarc?.appliedPolicy != null) return checked.dmarc.appliedPolicy;
  if (isUnanswered(report)) return t('picture_no_answer');
  if (findings.some(({ code }) => code === 'policy-missing')) return t('picture_no_record');
  return checked.state === 'pending' ? '…' : '–';
}
