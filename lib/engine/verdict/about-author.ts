/** Findings about the identifier: whose name the mail carries. */
import type { AuthorProblem } from '../message/author.ts';
import type { Facts } from './facts.ts';
import type { Finding, FindingCode } from './finding.ts';

const CODE_OF = {
  'no-from': 'author-no-from',
  'no-address': 'author-no-address',
  unreadable: 'author-unreadable',
  'domain-literal': 'author-domain-literal',
  'bad-domain': 'author-bad-domain',
  'mapped-domain': 'author-mapped-domain',
} as const satisfies Record<AuthorProblem, FindingCode>;

export function authorFindings({ authors }: Facts): readonly Finding[] {
  const base = {
    step: 'identifier',
    about: 'From',
    provenance: [],
    because: { fields: authors.fields, dns: [] },
  } as const;
  switch (authors.kind) {
    case 'one': {
      const { address, domain } = authors.author;
      return [{ ...base, code: 'author', params: { address, domain }, severity: 'info' }];
    }
    case 'several': {
      const domains = [...new Set(authors.authors.map(({ domain }) => domain))].join(', ');
      return [{ ...base, code: 'authors-several', params: { domains }, severity: 'warn' }];
    }
    case 'none':
      return [{ ...base, code: CODE_OF[authors.why], params: {}, severity: 'warn' }];
  }
}
