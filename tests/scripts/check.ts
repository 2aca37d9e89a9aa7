/** `npm run check`: everything that takes seconds. */
import { add, conclude, runVitest, staticChecks } from './steps.ts';

conclude(add(staticChecks(), runVitest('Unit and property tests', ['engine', 'extension'])));
