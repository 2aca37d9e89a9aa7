/** Every suite, in the order in which they are told. */
import { addresses } from './addresses.ts';
import { authres } from './authres.ts';
import { dkim } from './dkim.ts';
import { mailauth } from './mailauth.ts';
import { rfc9989 } from './rfc9989.ts';
import type { Suite } from './suite.ts';

export const SUITES: readonly Suite[] = [addresses, authres, dkim, rfc9989, mailauth];
