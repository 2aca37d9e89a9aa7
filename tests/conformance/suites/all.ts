/** Every suite, in the order in which they are told. */
import { addresses } from './addresses.ts';
import { arc } from './arc.ts';
import { authres } from './authres.ts';
import { dkim } from './dkim.ts';
import { mailauth } from './mailauth.ts';
import { psl } from './psl.ts';
import { records } from './records.ts';
import { rfc9989 } from './rfc9989.ts';
import { spf } from './spf.ts';
import type { Suite } from './suite.ts';

export const SUITES: readonly Suite[] = [spf, dkim, arc, rfc9989, mailauth, authres, addresses, psl, records];
