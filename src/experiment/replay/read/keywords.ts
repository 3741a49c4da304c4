/** The keywords of entries and steps: which there are, and which the simulator cannot honour. */

/** What a keyword needs that is not modelled; '' = nothing. A leading `!` marks what answers depend on. */
type Needs = string;

/** Keywords after MATCH, without what follows `=`. */
export const MATCH: Readonly<Record<string, Needs>> = {
  opcode: '',
  qtype: '',
  qname: '',
  rcode: '',
  subdomain: '',
  question: '',
  answer: '',
  all: '',
  all_noedns: '',
  ttl: '',
  flags: '',
  qcase: '',
  authority: '',
  additional: '',
  UDP: '',
  TCP: '',
  DO: 'EDNS',
  CO: 'EDNS',
  noedns: 'EDNS',
  ednsdata: 'EDNS options',
  edns: 'EDNS',
  nsid: 'EDNS options',
  serial: '!zone transfers',
  ede: 'extended errors (EDE) but those of stale answers',
  client_cookie: 'DNS cookies',
  server_cookie: 'DNS cookies',
};

/** Keywords after ADJUST. */
export const ADJUST: Readonly<Record<string, Needs>> = {
  copy_id: '',
  copy_query: '',
  do_not_answer: '',
  raw_id: '',
  sleep: '',
  packet_sleep: '',
  copy_ednsdata_assume_clientsubnet: '!client subnet (ECS)',
  increment_ecs_scope: '!client subnet (ECS)',
};

/** Keywords after REPLY (some suites say FLAGS). */
export const REPLY: Readonly<Record<string, Needs>> = {
  QUERY: '',
  IQUERY: '!opcodes other than QUERY',
  STATUS: '!opcodes other than QUERY',
  NOTIFY: '!opcodes other than QUERY',
  UPDATE: '!opcodes other than QUERY',
  NOERROR: '',
  FORMERR: '',
  SERVFAIL: '',
  NXDOMAIN: '',
  NOTIMPL: '',
  NOTIMP: '',
  REFUSED: '',
  YXDOMAIN: '',
  YXRRSET: '!rcodes of dynamic update',
  NXRRSET: '!rcodes of dynamic update',
  NOTAUTH: '!rcodes of dynamic update',
  NOTZONE: '!rcodes of dynamic update',
  BADVERS: '!rcodes of EDNS',
  BADCOOKIE: '!rcodes of EDNS',
  QR: '',
  AA: '',
  TC: '',
  RD: '',
  RA: '',
  CD: '',
  AD: 'the AD bit',
  DO: 'EDNS',
  CO: 'EDNS',
};

/** Steps: whether an entry must follow, and what is not modelled. */
export const STEPS: Readonly<Record<string, { readonly entry: boolean; readonly needs: Needs }>> = {
  QUERY: { entry: true, needs: '' },
  CHECK_ANSWER: { entry: true, needs: '' },
  CHECK_OUT_QUERY: { entry: true, needs: '' },
  REPLY: { entry: true, needs: '' },
  TIMEOUT: { entry: false, needs: '' },
  ERROR: { entry: false, needs: '' },
  TIME_PASSES: { entry: false, needs: '' },
  TRAFFIC: { entry: false, needs: '' },
  NOTHING: { entry: false, needs: '' },
  ASSIGN: { entry: false, needs: '' },
  FLUSH_MESSAGE: { entry: false, needs: '!flushing by hand' },
  EXPIRE_MESSAGE: { entry: false, needs: '!expiry of cached messages by hand' },
  INFRA_RTT: { entry: false, needs: 'round-trip times set by hand' },
  CHECK_AUTOTRUST: { entry: false, needs: '!files written by the daemon' },
  CHECK_TEMPFILE: { entry: false, needs: '!files written by the daemon' },
};
