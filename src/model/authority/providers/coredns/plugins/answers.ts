/**
 * Plugins that change what comes back: `acl`, `any`, `minimal`, `dns64` (CoreDNS 1.14, README.md of each).
 */
import { addressOctets, formatAddress } from '../../../../../base/address.ts';
import type { AclPlugin, Dns64Plugin, SimplePlugin } from '../../../../../dns/corefile/plugins.ts';
import { makeMessage } from '../../../../../dns/data/message.ts';
import type { Rdata } from '../../../../../dns/data/rdata.ts';
import { rdataFromText } from '../../../../../dns/data/rdata-text.ts';
import { makeRRset } from '../../../../../dns/data/rrset.ts';
import { A, AAAA, ANY } from '../../../../../dns/data/rrtype.ts';
import { longestMatch } from '../../../steering/networks.ts';
import { closest, error, type Handler } from '../handler.ts';

/** The first rule that fits decides; without one the query goes on. */
export const acl: Handler<AclPlugin> = (statements, question, next, { networks }) => {
  for (const { zones, rules } of statements) {
    if (closest(zones, question.name) === undefined) continue;
    const rule = rules.find(({ types, nets }) => {
      const fits = types === undefined || types.includes(question.type);
      return fits && (nets === undefined || longestMatch(nets, networks) >= 0);
    });
    if (rule?.action === 'block') return error(question, 'REFUSED', 'acl blocks the query');
    if (rule?.action === 'filter') return makeMessage(question);
    if (rule?.action === 'drop') return 'drop';
  }
  return next(question);
};

const HINFO = 13;
const ANY_TTL = 8482;

/** RFC 8482 §4.2. */
export const any: Handler<SimplePlugin> = (_, question, next) => {
  if (question.type !== ANY) return next(question);
  const hinfo = rdataFromText(HINFO, '"ANY obsoleted" "See RFC 8482"');
  const answer = [makeRRset(question.name, HINFO, ANY_TTL, [hinfo])];
  return makeMessage(question, { authoritative: true, answer });
};

/** Only the answer, where there is one. */
export const minimal: Handler<SimplePlugin> = (_, question, next) => {
  const reply = next(question);
  if (reply === 'drop' || reply.rcode !== 'NOERROR' || reply.answer.length === 0) return reply;
  return { ...reply, authority: [], additional: [] };
};

/** AAAA made from A where there is none (RFC 6147 §5.1). */
export const dns64: Handler<Dns64Plugin> = ([statement], question, next) => {
  const reply = next(question);
  if (question.type !== AAAA || reply === 'drop' || reply.rcode !== 'NOERROR') return reply;
  if (!statement!.translateAll && reply.answer.some(({ type }) => type === AAAA)) return reply;
  const plain = next({ ...question, type: A });
  if (plain === 'drop' || !plain.answer.some(({ type }) => type === A)) return reply;
  const answer = plain.answer.map((rrset) => {
    if (rrset.type !== A) return rrset;
    const rdata = rrset.rdata.map((one) => embedded(one, statement!.prefix));
    return makeRRset(rrset.name, AAAA, rrset.ttl, rdata);
  });
  return { ...plain, question, answer };
};

/** RFC 6052 §2.2, prefix of 96 bits. */
function embedded(rdata: Rdata, prefix: string): Rdata {
  const octets = addressOctets(prefix)!.slice();
  octets.set(addressOctets(rdata.text)!, 12);
  const address = formatAddress(octets)!;
  return { kind: 'address', address, text: address };
}
