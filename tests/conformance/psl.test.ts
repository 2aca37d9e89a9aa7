import { expectSuite } from './expect-suite.ts';
import { psl } from './suites/psl.ts';

await expectSuite(psl, 82);
