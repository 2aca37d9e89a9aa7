import { expectAgreement } from '../differential/differential.ts';
import { dkim } from '../differential/dkim.ts';

expectAgreement(dkim);
