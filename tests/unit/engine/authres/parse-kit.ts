/** Results as one line each, so that a row can hold what is expected. */
import { parseAuthResults } from '../../../../lib/engine/authres/parse.ts';
import type { Row } from '../kit.ts';

/** Each result as `method=result reason|comments|ptype.property=value …`. */
export function read(value: string) {
  const { authservId, version, results, warnings } = parseAuthResults(value);
  return {
    id: authservId,
    version,
    warnings,
    results: results.map(({ method, result, reason, comments, properties }) =>
      [
        `${method}=${result}`,
        ...(reason === null ? [] : [`reason=${reason}`]),
        ...comments.map((comment) => `(${comment})`),
        ...properties.map(({ ptype, name, value: held }) => `${ptype}.${name}=${held}`),
      ].join(' '),
    ),
  };
}

export interface Case extends Row {
  readonly value: string;
  readonly id: string | null;
  readonly version?: string;
  readonly results: readonly string[];
}
