import { expectAgreement } from '../differential/differential.ts';
import { dmarc } from '../differential/dmarc.ts';

expectAgreement(dmarc);
