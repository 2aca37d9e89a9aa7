/** A sentence of ours in which values from mail and DNS stand apart, isolated from the text around them. */
import { partsOf } from '../lib/explain/translate.ts';

export function Sentence({ text }: { text: string }) {
  return (
    <>
      {partsOf(text).map(({ text: part, isValue }, index) =>
        isValue ? <Value key={index} text={part} /> : part,
      )}
    </>
  );
}

/** About as much as fits a line of the popup. */
const SHORT = 30;

/** A name moves to the next line whole, hyphens and all; only one that is longer than a line breaks. */
function Value({ text }: { text: string }) {
  return (
    <bdi>
      {text.split(/( )/).map((word, index) =>
        word.length <= SHORT ? (
          <span key={index} class="whole">
            {word}
          </span>
        ) : (
          word
        ),
      )}
    </bdi>
  );
}
