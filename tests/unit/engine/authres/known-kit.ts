/** What the known receivers put before a message, from the top: made-up mail in their way of writing. */

const DATE = 'Fri, 20 Nov 2026 07:04:16 +0000';
const FROM = 'header.from=bank.example';

export interface KnownBlock {
  /** The fields; the result for DMARC is the one that holds `dmarc=pass`. */
  readonly fields: readonly string[];
  readonly border: number;
  readonly helo: string;
}

/** A milter writes above the border, and below two hops of its own. */
export const FASTMAIL: KnownBlock = {
  fields: [
    'Return-Path: <a@bank.example>',
    `Received: from compute5.internal (compute5.nyi.internal [10.202.2.45]) by sloti1n1 (Cyrus 3.9) with LMTPA; ${DATE}`,
    'X-Spam-score: 0.0',
    `Received: from mx2 ([10.202.2.201]) by compute5.internal (LMTPProxy); ${DATE}`,
    `Received: from mx2.messagingengine.com (localhost [127.0.0.1]) by mailmx.nyi.internal (Postfix) with ESMTP id 1; ${DATE}`,
    `Received: from mailmx.nyi.internal (localhost [127.0.0.1]) by mx2.messagingengine.com (Authentication Milter) with ESMTP id 2; ${DATE}`,
    'ARC-Seal: i=1; d=messagingengine.com; b=AAAA',
    'X-ME-Authentication-Results: mx2.messagingengine.com; x-tls=pass',
    'Authentication-Results: mx2.messagingengine.com; x-ptr=pass smtp.helo=mail.bank.example',
    `Authentication-Results: mx2.messagingengine.com; dmarc=pass policy.published-domain-policy=reject (p=reject) ${FROM}; iprev=pass smtp.remote-ip=192.0.2.25; spf=pass smtp.mailfrom="a=1@bank.example" smtp.helo=mail.bank.example`,
    'BIMI-Indicator: AAAA',
    'X-ME-VSScore: 0',
    'Received-SPF: pass (bank.example: ok) receiver=mx2.messagingengine.com; identity=mailfrom; client-ip=192.0.2.25',
    `Received: from mail.bank.example (mail.bank.example [192.0.2.25]) (using TLSv1.3) by mx2.messagingengine.com (Postfix) with ESMTPS id 3; ${DATE}`,
  ],
  border: 13,
  helo: 'mail.bank.example',
};

/** A milter of Postfix writes below the border; the block ends with Received-SPF. */
export const ICLOUD: KnownBlock = {
  fields: [
    'Return-path: <a@bank.example>',
    `Received: from st43p00im-a.me.com by p44-mailgateway-smtp-7-x (mailgateway 1) with SMTP id 4; ${DATE}`,
    'X-Apple-Action: MOVE_TO_FOLDER/INBOX',
    `Received: from mail.bank.example (mail.bank.example [192.0.2.25]) by st43p00im-a.me.com (Postfix) with ESMTPS id 5; ${DATE}`,
    'X-ICL-SCORE: 3.3',
    'Authentication-Results: bimi.icloud.com; bimi=none',
    'X-ARC-Info: policy=fail; arc=none',
    'Authentication-Results: arc.icloud.com; arc=none',
    `Authentication-Results: dmarc.icloud.com; dmarc=pass ${FROM}`,
    'X-DMARC-Info: pass=pass; dmarc-policy=reject',
    'X-DMARC-Policy: v=DMARC1; p=reject',
    'Authentication-Results: dkim-verifier.icloud.com; dkim=pass (2048-bit key) header.d=bank.example',
    'Authentication-Results: spf.icloud.com; spf=pass (spf.icloud.com: ok) smtp.mailfrom=a@bank.example',
    'Received-SPF: pass (spf.icloud.com: ok) receiver=spf.icloud.com; client-ip=192.0.2.25; helo=mail.bank.example',
  ],
  border: 3,
  helo: 'mail.bank.example',
};

export const PROTON: KnownBlock = {
  fields: [
    'Return-Path: <a@bank.example>',
    'Delivered-To: naomi@lakeside.example',
    `Authentication-Results: mail.protonmail.ch; dmarc=pass (p=reject dis=none) ${FROM}`,
    'Authentication-Results: mail.protonmail.ch; spf=pass smtp.mailfrom=bank.example',
    'Authentication-Results: mail.protonmail.ch; arc=none smtp.remote-ip=192.0.2.25',
    `Received: from mail.bank.example (mail.bank.example [192.0.2.25]) by mailin043.protonmail.ch (Postfix) with ESMTPS id 6; ${DATE}`,
  ],
  border: 5,
  helo: 'mail.bank.example',
};

export const ZOHO: KnownBlock = {
  fields: [
    'Delivered-To: naomi@lakeside.example',
    'Received-SPF: pass (zohomail.com: ok) client-ip=192.0.2.25;',
    `Authentication-Results: mx.zohomail.com; dkim=pass; spf=pass (ok) smtp.mailfrom=a@bank.example; dmarc=pass(p=reject dis=none) ${FROM}`,
    'ARC-Seal: i=1; d=zohomail.com; b=AAAA',
    'ARC-Authentication-Results: i=1; mx.zohomail.com; dkim=pass',
    'Return-Path: <a@bank.example>',
    `Received: from mail.bank.example (mail.bank.example [192.0.2.25]) by mx.zohomail.com with SMTPS id 7; ${DATE}`,
  ],
  border: 6,
  helo: 'mail.bank.example',
};

/** The border names the client's address where others name the client. */
export const YAHOO: KnownBlock = {
  fields: [
    `Received: from 127.0.0.1 by atlas-production.v2-mail-prod1-gq1.omega.yahoo.com pod-id atlas-1.gq1.yahoo.com with HTTP; ${DATE}`,
    'Return-Path: <a@bank.example>',
    'X-Originating-Ip: [192.0.2.25]',
    'Received-SPF: pass (domain of bank.example designates 192.0.2.25 as permitted sender)',
    `Authentication-Results: atlas-production.v2-mail-prod1-gq1.omega.yahoo.com; dkim=pass header.i=@bank.example header.s=a; spf=pass smtp.mailfrom=bank.example; dmarc=pass(p=REJECT) ${FROM};`,
    'X-Apparently-To: naomi@yahoo.com; x',
    'X-YMailISG: AAAA',
    `Received: from 192.0.2.25 (EHLO mail.bank.example) by 10.253.231.24 with SMTPS (version=TLS1_3); ${DATE}`,
  ],
  border: 7,
  helo: 'mail.bank.example',
};

export const KNOWN_BLOCKS = {
  fastmail: FASTMAIL,
  icloud: ICLOUD,
  proton: PROTON,
  zoho: ZOHO,
  yahoo: YAHOO,
} as const;
