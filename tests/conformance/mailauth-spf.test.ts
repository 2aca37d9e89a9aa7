import { expectAgreement } from '../differential/differential.ts';
import { spf } from '../differential/spf.ts';

expectAgreement(spf);
