/** Names of hosts and of header fields, held against patterns: exact but for stars, in any letters. */

/** `*.example.org` is every name below `example.org`; any other star stands for a run of characters in its label. */
export function matchesHost(pattern: string, host: string): boolean {
  // Most pairs differ at their ends already.
  if (!host.toLowerCase().endsWith(pattern.slice(pattern.lastIndexOf('*') + 1).toLowerCase())) return false;
  const wanted = pattern.toLowerCase().split('.');
  const isAbove = wanted[0] === '*';
  if (isAbove) wanted.shift();
  const labels = host.toLowerCase().split('.');
  const above = labels.length - wanted.length;
  if (isAbove ? above < 1 : above !== 0) return false;
  return !labels.includes('') && wanted.every((label, at) => matchesName(label, labels[above + at] ?? ''));
}

export function matchesAnyHost(patterns: readonly string[], host: string): boolean {
  return patterns.some((pattern) => matchesHost(pattern, host));
}

/** A star stands for any run of characters, an empty one too. Each part is looked for once, so that it is linear. */
export function matchesName(pattern: string, name: string): boolean {
  const [head = '', ...parts] = pattern.split('*');
  const tail = parts.pop();
  if (tail === undefined) return name === head;
  const end = name.length - tail.length;
  if (!name.startsWith(head) || !name.endsWith(tail) || head.length > end) return false;
  let at = head.length;
  for (const part of parts) {
    const found = name.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
