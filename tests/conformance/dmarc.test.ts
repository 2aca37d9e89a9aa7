import { expectSuite } from './expect-suite.ts';
import { mailauth } from './suites/mailauth.ts';
import { rfc9989 } from './suites/rfc9989.ts';

await expectSuite(rfc9989, 14);
await expectSuite(mailauth, 88);
