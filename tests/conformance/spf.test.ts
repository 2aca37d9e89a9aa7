import { expectSuite } from './expect-suite.ts';
import { spf } from './suites/spf.ts';

await expectSuite(spf, 203);
