import { expectSuite } from './expect-suite.ts';
import { arc } from './suites/arc.ts';

await expectSuite(arc, 105);
