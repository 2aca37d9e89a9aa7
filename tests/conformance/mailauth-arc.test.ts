import { arc } from '../differential/arc.ts';
import { expectAgreement } from '../differential/differential.ts';

expectAgreement(arc);
