/**
 * The picture is the reason: two roads, whose server and whose signature, lead to the name that the mail claims. A
 * road that belongs to somebody else stops before the house. Drawn from the report alone; its text equivalent is the
 * reasons themselves.
 */

import type { MessageReport } from '../lib/explain/report.ts';
import { partsOf, type Translate } from '../lib/explain/translate.ts';
import { type Gate, houseOf, type Road, roadsOf } from './picture-model.ts';

const ROAD_TOPS = { server: 30, signature: 94 } as const;
const HOUSE = 62;

export function Picture({ report, t }: { report: MessageReport; t: Translate }) {
  const { server, signature } = roadsOf(report, t);
  const { name, status, tone, gate } = houseOf(report, t);
  return (
    <div class="picture" role="img" aria-label={textEquivalent(report)}>
      <div class="origins" aria-hidden="true">
        <Origin label={t('picture_server')} road={server} />
        <Origin label={t('picture_signature')} road={signature} />
      </div>
      <svg class="roads" viewBox="0 0 40 124" aria-hidden="true" focusable="false">
        <RoadLine road={server} y={ROAD_TOPS.server} />
        <RoadLine road={signature} y={ROAD_TOPS.signature} />
      </svg>
      <div class="house" aria-hidden="true">
        <small>{t('picture_mail_says')}</small>
        <Name text={name} />
        <small class={tone}>{status}</small>
      </div>
      <GateBox gate={gate} />
    </div>
  );
}

function textEquivalent({ explanation }: MessageReport): string {
  return explanation.reasons
    .filter(({ step }) => step !== 'identifier' && step !== 'trust')
    .map(({ text }) =>
      partsOf(text)
        .map((part) => part.text)
        .join(''),
    )
    .join(' ');
}

function Origin({ label, road }: { label: string; road: Road }) {
  return (
    <div class={`origin ${road.state}`}>
      <small>{label}</small>
      <Name text={road.name} />
    </div>
  );
}

function RoadLine({ road, y }: { road: Road; y: number }) {
  const towards = y < HOUSE ? 1 : -1;
  switch (road.state) {
    case 'arrives':
      return <path class="arrives" d={`M0 ${y}h10c18 0 8 ${(HOUSE - y) * 0.85} 30 ${(HOUSE - y) * 0.85}`} />;
    case 'stops':
      return <path class="stops" d={`M0 ${y}h8c10 0 8 ${towards * 10} 10 ${towards * 14}m-7 0h14`} />;
    case 'broken':
      return <path class="broken" d={`M0 ${y}h10m4 -5 8 10m0 -10 -8 10`} />;
    case 'open':
      return <path class="open" d={`M0 ${y}h20`} />;
    case 'none':
      return null;
  }
}

function GateBox({ gate }: { gate: Gate }) {
  return (
    <div class={`gate ${gate.tone}`} aria-hidden="true">
      <b>DMARC</b>
      <span>{gate.word}</span>
    </div>
  );
}

/** Both ends of a name matter, the right one most. */
function Name({ text }: { text: string }) {
  const head = Math.max(0, text.length - 12);
  return (
    <b class="cut" title={text}>
      <span>{text.slice(0, head)}</span>
      <span>{text.slice(head)}</span>
    </b>
  );
}
