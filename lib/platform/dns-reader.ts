/** A cursor over a DNS message that throws RangeError where the message breaks off, and the names in it as text. */

/** RFC 1035 §2.3.4: octets of a name on the wire, and so a bound for its labels. */
const MAX_NAME = 255;
/** A name of 127 labels, a pointer before each: nothing longer is of use to anyone. */
const MAX_POINTERS = 127;

export class Reader {
  at = 0;
  constructor(private readonly octets: Uint8Array) {}

  skip(count: number): void {
    this.take(count);
  }

  take(count: number): Uint8Array {
    if (this.at + count > this.octets.length || count < 0) throw new RangeError('DNS message cut short');
    this.at += count;
    return this.octets.subarray(this.at - count, this.at);
  }

  uint8(): number {
    return this.take(1)[0] ?? 0;
  }

  uint16(): number {
    return this.uint8() * 256 + this.uint8();
  }

  uint32(): number {
    return this.uint16() * 65536 + this.uint16();
  }

  /** A name in lower case; '' is the root. RFC 1035 §4.1.4: a pointer leads back only, so that every name ends. */
  name(): string {
    const labels: string[] = [];
    let before = this.at;
    let resume: number | null = null;
    let [size, pointers] = [1, 0];
    for (;;) {
      const length = this.uint8();
      if (length === 0) break;
      if (length >= 0xc0) {
        const target = (length & 0x3f) * 256 + this.uint8();
        if (target >= before) throw new RangeError('DNS name points forward');
        if (++pointers > MAX_POINTERS) throw new RangeError('DNS name of pointers');
        resume ??= this.at;
        before = target;
        this.at = target;
        continue;
      }
      if (length > 63) throw new RangeError('DNS label of an unknown kind');
      size += length + 1;
      if (size > MAX_NAME) throw new RangeError('DNS name too long');
      labels.push(labelText(this.take(length)));
    }
    if (resume !== null) this.at = resume;
    return labels.join('.');
  }
}

/** A name of ours, one character an octet, as `Reader` would give it. */
export function nameText(name: string): string {
  return name
    .split('.')
    .map((label) => labelText(Array.from(label, (character) => character.charCodeAt(0))))
    .join('.');
}

/** RFC 1035 §5.1: `\.` and `\DDD` for what is not plain, so that a label with a dot in it never passes as two. */
function labelText(octets: Iterable<number>): string {
  let text = '';
  for (const octet of octets) {
    const character = String.fromCharCode(octet);
    if (octet <= 0x20 || octet >= 0x7f) text += `\\${String(octet).padStart(3, '0')}`;
    else text += character === '.' || character === '\\' ? `\\${character}` : character.toLowerCase();
  }
  return text;
}
