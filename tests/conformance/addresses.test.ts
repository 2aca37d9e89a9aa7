import { expectSuite } from './expect-suite.ts';
import { addresses } from './suites/addresses.ts';

await expectSuite(addresses, 120);
