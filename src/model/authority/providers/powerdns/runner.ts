/**
 * Runs LUA records: from a record and a query to the texts it returns, and from those to the answer.
 *
 * Every run begins with a fresh state (`enable-lua-records=shared` keeps one for ever; records that count on that
 * are not modelled). Any error is SERVFAIL, as in PowerDNS (pdns/lua-record.cc, luaSynth). Of the query, a record
 * sees who asks and for what; flags, transport and EDNS size are those of a plain query over UDP.
 */
import { type Name, ROOT } from '../../../../dns/data/name.ts';
import { rdataFromText } from '../../../../dns/data/rdata-text.ts';
import { makeRRset } from '../../../../dns/data/rrset.ts';
import { type RrType, TXT, typeToText } from '../../../../dns/data/rrtype.ts';
import { TextError } from '../../../../dns/data/text-error.ts';
import type { PolicyAnswer } from '../../provider.ts';
import type { Chooser } from './chooser.ts';
import type { Client } from './client.ts';
import type { Evaluation, Setting } from './evaluation.ts';
import { geographyFunctions } from './geography.ts';
import { healthFunctions } from './if-up.ts';
import { baseLibrary } from './lua/base-library.ts';
import { Interpreter } from './lua/interpreter.ts';
import { parseLua } from './lua/statements.ts';
import { LuaError, LuaObject, LuaTable, type LuaValue, toText, typeName } from './lua/values.ts';
import { Memory } from './memory.ts';
import { nameFunctions } from './names.ts';
import { addressObject, nameObject, netmaskObject, objectFunctions } from './networks.ts';
import { pickFunctions } from './picks.ts';
import { addedTo, type LuaOwner, type LuaRecord } from './records.ts';
import type { Belief, Target } from './targets.ts';

/** What differs from run to run. */
export interface Occasion {
  readonly qname: Name;
  readonly client: Client;
  readonly chooser: Chooser;
  belief(target: Target): Belief;
}

/** Different results of `math.random`. */
const MOST_CHOICES = 1000;

/** However the limit is set, code ends after so many steps. */
const MOST_STEPS = 1_000_000;

export class Runner {
  readonly #setting: Setting;
  readonly #provided: ReadonlyMap<string, LuaValue>;
  /** Answers by owner, type and contents: the same answer is the same object. */
  readonly #answers: Memory<PolicyAnswer> = new Memory();
  /** Objects for names and addresses, which code cannot change. */
  readonly #objects: Memory<LuaObject> = new Memory();
  #now: Evaluation | undefined;

  constructor(setting: Setting) {
    this.#setting = setting;
    const now = (): Evaluation => this.#now!;
    const draw = (choices: number): number => {
      const alike = new Array<number>(Math.min(choices, MOST_CHOICES)).fill(1);
      return Math.floor((now().chooser.pick(alike, 'chance', []) * choices) / alike.length);
    };
    this.#provided = new Map([
      ...baseLibrary(draw),
      ...Object.entries({
        ...healthFunctions(now),
        ...pickFunctions(now),
        ...geographyFunctions(now),
        ...nameFunctions(now),
        ...objectFunctions(),
      }),
    ]);
  }

  /** The answer of all records of a name and type. */
  answer(owner: LuaOwner, type: RrType, occasion: Occasion): PolicyAnswer {
    const records = owner.records.get(type) ?? [];
    try {
      const texts = records.flatMap((record) => this.#texts(record, owner, occasion));
      return this.#answerOf(owner, records[0]!, texts);
    } catch (error) {
      if (error instanceof LuaError || error instanceof TextError) return failed(records[0]!, error);
      throw error;
    }
  }

  #texts(record: LuaRecord, { zone }: LuaOwner, occasion: Occasion): readonly string[] {
    const { block, owner } = record;
    if (block instanceof LuaError) throw block;
    const { luaRecords, stepLimit } = this.#setting.options;
    if (luaRecords === 'no') return [];
    const interpreter = new Interpreter(this.#provided, stepLimit > 0 ? stepLimit : MOST_STEPS);
    const { qname, client, chooser } = occasion;
    this.#now = {
      setting: this.#setting,
      owner,
      qname,
      zone: zone.origin,
      client,
      chooser,
      belief: (target) => occasion.belief(target),
      data: (name, type) => zone.get(name, type)?.rdata ?? [],
      run: (code) => {
        interpreter.run(parseLua(code));
      },
    };
    this.#define(interpreter, this.#now);
    return returned(interpreter.run(block));
  }

  /** Preset variables (docs/lua-records/functions.rst). */
  #define(interpreter: Interpreter, { qname, zone, client }: Evaluation): void {
    const { who, subnet, best } = client;
    const address = (text: string): LuaObject => this.#objects.of(text, () => addressObject(text));
    const named = (name: Name): LuaObject => this.#objects.of(name, () => nameObject(name));
    interpreter.define('qname', named(qname));
    interpreter.define('zone', named(zone));
    interpreter.define('zoneid', 1);
    interpreter.define('who', address(who));
    interpreter.define('bestwho', address(best));
    if (subnet) interpreter.define('ecswho', netmaskObject(subnet.address, subnet.length));
    interpreter.define('dh', HEADER);
    interpreter.define('dnssecOK', false);
    interpreter.define('tcp', false);
    interpreter.define('ednsPKTSize', EDNS_SIZE);
  }

  #answerOf({ zone }: LuaOwner, { owner, type, ttl }: LuaRecord, texts: readonly string[]): PolicyAnswer {
    const plain = zone.get(owner, type)?.rdata ?? [];
    const key = `${owner} ${type} ${ttl} ${texts.join('\n')} ${plain.map(({ text }) => text).join('\n')}`;
    return this.#answers.of(key, () => {
      const made = type === TXT ? texts.map((text) => `"${text}"`) : texts;
      const rdata = [...made.map((text) => rdataFromText(type, text, ROOT)), ...plain];
      return rdata.length > 0 ? makeRRset(owner, type, ttl, rdata) : 'absent';
    });
  }
}

/** As resolvers announce since the DNS flag day of 2020. */
const EDNS_SIZE = 1232;

/** The header of a query from a resolver to an authority. */
const HEADER = new LuaObject(
  'DNSHeader',
  'dh',
  Object.fromEntries(
    ['getAA', 'getAD', 'getCD', 'getRA', 'getRD', 'getTC'].map((flag) => [flag, () => [false]]),
  ),
);

/** A text or a list of them. @throws LuaError for anything else */
function returned([value]: readonly LuaValue[]): readonly string[] {
  if (typeof value === 'string' || typeof value === 'number') return [toText(value)];
  if (value instanceof LuaTable) return value.list().map(toText);
  throw new LuaError(`the record returned a ${typeName(value)} value in place of a text or a list of them`);
}

/** `LUA A of app.example.com.: attempt to call a nil value ('ifport') at 1:8`. */
function failed({ owner, type, code }: LuaRecord, error: LuaError | TextError): PolicyAnswer {
  let what = error.message;
  if (error instanceof LuaError && error.spot) {
    const { line, column } = error.spot;
    what += ` at ${line}:${line === 1 ? column - addedTo(code) : column}`;
  }
  return { rcode: 'SERVFAIL', why: `LUA ${typeToText(type)} of ${owner}: ${what}` };
}
