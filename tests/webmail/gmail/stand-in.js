// The stand-in's application: a list and a conversation in Gmail's structure, built with createElement only.

(() => {
  const { mails } = JSON.parse(document.getElementById('mails').textContent);

  /** An element with attributes and children; strings become text. */
  function h(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  const decimal = (id) => BigInt(`0x${id}`).toString();
  const threadName = (mail) => `FMfcgz${mail.name.replaceAll('-', '')}`;

  function subjectSpan(mail) {
    const attributes = {
      'data-thread-id': `#thread-f:${decimal(mail.id)}`,
      'data-legacy-thread-id': mail.id,
      'data-legacy-last-message-id': mail.id,
      'data-legacy-last-non-draft-message-id': mail.id,
    };
    return h('span', attributes, mail.subject);
  }

  function senderSpan(mail) {
    const { name, address } = mail.sender;
    const attributes = { translate: 'no', class: 'zF', email: address, name, 'data-hovercard-id': address };
    return h('span', { class: 'bA4' }, h('span', attributes, name || address));
  }

  function row(mail) {
    const snippet = ` - ${mail.text.slice(0, 80).replace(/\s+/g, ' ')}`;
    const element = h(
      'tr',
      { class: 'zA zE', role: 'row', tabindex: '-1' },
      h(
        'td',
        { class: 'yX xY', role: 'gridcell' },
        h('div', { class: 'afn' }, senderSpan(mail), ', ', subjectSpan(mail)),
        h('div', { class: 'yW' }, senderSpan(mail)),
      ),
      h(
        'td',
        { class: 'xY a4W', role: 'gridcell' },
        h(
          'div',
          { class: 'xS', role: 'link' },
          h(
            'div',
            { class: 'xT' },
            h('div', { class: 'y6' }, h('span', { class: 'bog' }, subjectSpan(mail))),
            h('span', { class: 'y2' }, snippet),
          ),
        ),
      ),
      h('td', { class: 'xW xY', role: 'gridcell' }, h('span', { title: mail.date }, mail.date.slice(0, 10))),
    );
    element.addEventListener('click', () => {
      location.hash = `#inbox/${threadName(mail)}`;
    });
    return element;
  }

  function list() {
    return h(
      'div',
      { role: 'main' },
      h('table', { class: 'F cf zt', role: 'grid' }, h('tbody', {}, ...mails.map(row))),
    );
  }

  /** What a sender may put into a mail: everything that the adapter looks for, under another id. */
  function lookAlike() {
    const other = mails[0].id;
    const attributes = {
      class: 'adn ads',
      'data-message-id': `#msg-f:${decimal(other)}`,
      'data-legacy-message-id': other,
    };
    return h(
      'div',
      attributes,
      h('span', { class: 'gD', email: 'statements@bank.example' }, 'Mailvouch: authenticated'),
      h('div', { class: 'a3s' }, 'imitation'),
    );
  }

  function message(mail) {
    const { name, address } = mail.sender;
    const body = h('div', { class: 'a3s aiL' }, mail.text);
    if (mail.hostileBody) body.append(lookAlike());
    return h(
      'div',
      {
        class: 'adn ads',
        'data-message-id': `#msg-f:${decimal(mail.id)}`,
        'data-legacy-message-id': mail.id,
      },
      h(
        'div',
        { class: 'gs' },
        h(
          'div',
          { class: 'gE iv gt' },
          h(
            'h3',
            { class: 'iw gFxsud' },
            h(
              'span',
              { translate: 'no', class: 'qu', role: 'gridcell', 'data-hovercard-id': address },
              h(
                'span',
                { email: address, name, 'data-hovercard-id': address, class: 'gD' },
                h('span', {}, name),
              ),
              ' ',
              h('span', { class: 'cfXrwd' }),
              h('span', { class: 'go' }, `<${address}>`),
            ),
          ),
          ' ',
          h('span', { class: 'g3', title: mail.date }, mail.date.slice(0, 16).replace('T', ' ')),
          h(
            'div',
            { class: 'iw ajw' },
            h(
              'span',
              { class: 'hb' },
              'to ',
              h('span', { class: 'g2', email: 'naomi@lakeside.example', name: 'me' }, 'me'),
            ),
          ),
        ),
        h('div', { class: 'ii gt' }, body),
      ),
    );
  }

  function conversation(mail) {
    const subject = {
      class: 'hP',
      'data-thread-perm-id': `thread-f:${decimal(mail.id)}`,
      'data-legacy-thread-id': mail.id,
    };
    const item = h(
      'div',
      { class: 'h7', role: 'listitem', 'aria-expanded': 'true' },
      h('div', { class: 'Bk' }, h('div', { class: 'G3 G2' }, h('div', {}, h('div', {}, message(mail))))),
    );
    return h(
      'div',
      { role: 'main' },
      h('h2', subject, mail.subject),
      h('div', { class: 'nH', role: 'list' }, item),
    );
  }

  function show() {
    const name = location.hash.split('/')[1];
    const mail = mails.find((candidate) => threadName(candidate) === name);
    document.body.replaceChildren(
      h('div', { class: 'top' }, 'Gmail'),
      mail === undefined ? list() : conversation(mail),
    );
    document.title = mail === undefined ? 'Inbox - Gmail' : `${mail.subject} - Gmail`;
  }

  addEventListener('hashchange', show);
  setTimeout(show, 300);
})();
