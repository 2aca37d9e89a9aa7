import { expectSuite } from './expect-suite.ts';
import { authres } from './suites/authres.ts';

await expectSuite(authres, 161);
