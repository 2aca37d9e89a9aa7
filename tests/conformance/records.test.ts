import { expectSuite } from './expect-suite.ts';
import { records } from './suites/records.ts';

await expectSuite(records, 186);
