import { expectSuite } from './expect-suite.ts';
import { dkim } from './suites/dkim.ts';

await expectSuite(dkim, 53);
