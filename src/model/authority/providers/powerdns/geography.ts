/**
 * Where addresses are, as the geoip backend would say, and the functions of records that ask for it.
 *
 * Endpoints stand where their region does; all other addresses are nowhere. Not modelled: AS numbers and cities,
 * so `asnum` is always false; errors of the database.
 */
import type { PlaceSpec } from '../../../spec.ts';
import { placeOf } from '../../steering/places.ts';
import { type Evaluation, type Now, textsOf } from './evaluation.ts';
import { textAt } from './lua/arguments.ts';
import { LuaError, type LuaFunction, LuaTable, type LuaValue } from './lua/values.ts';
import { addressOf } from './targets.ts';

const ATTRIBUTES = ['continent', 'country', 'subdivision'] as const;
type Attribute = (typeof ATTRIBUTES)[number];

function told(place: PlaceSpec | undefined, attribute: Attribute, { setting }: Evaluation): string {
  return (setting.options.geoip && place?.[attribute]) || 'unknown';
}

/** Latitude and longitude; 0, 0 for what is nowhere, as `atof` reads "unknown". */
function position(place: PlaceSpec | undefined, { setting }: Evaluation): readonly [number, number] {
  if (!setting.options.geoip) return [0, 0];
  return [place?.latitude ?? 0, place?.longitude ?? 0];
}

function placeOfAddress(address: string, { setting }: Evaluation): PlaceSpec | undefined {
  const endpoint = setting.endpoints.get(address);
  return endpoint === undefined ? undefined : placeOf(setting.spec, setting.spec.endpoints[endpoint]!.region);
}

/**
 * The address closest to the client: least squared difference in degrees, chance among equals. The longitude
 * turns round the globe only where the client is the one further east (pdns/lua-record.cc, pickclosest).
 */
export function pickClosest(addresses: readonly string[], now: Evaluation): string {
  if (addresses.length === 0) throw new LuaError('The IP list cannot be empty');
  const [latitude, longitude] = position(now.client.place, now);
  const ranks = addresses.map((address) => {
    const [lat, lon] = position(placeOfAddress(address, now), now);
    const east = longitude - lon;
    return (latitude - lat) ** 2 + (east > 180 ? 360 - east : east) ** 2;
  });
  const closest = addresses.filter((_, at) => ranks[at] === Math.min(...ranks));
  return closest[
    now.chooser.pick(
      closest.map(() => 1),
      'chance',
      closest,
    )
  ]!;
}

/** Whether the client's attribute is the text, or one of the texts, whatever their case. */
function compares(attribute: Attribute | undefined, now: Now): LuaFunction {
  return (args) => {
    const mine = attribute ? told(now().client.place, attribute, now()) : 'unknown';
    const wanted = args[0] instanceof LuaTable ? textsOf(args[0]) : [textAt(args, 0)];
    return [wanted.some((text) => text.toLowerCase() === mine.toLowerCase())];
  };
}

function code(attribute: Attribute, now: Now): LuaFunction {
  return () => {
    const mine = told(now().client.place, attribute, now());
    return [mine === 'unknown' ? '--' : mine];
  };
}

/** `51 59 0 N 5 55 0 E 0.00m 1.00m 10000.00m 10.00m` (RFC 1876 §3). */
function locationText([latitude, longitude]: readonly [number, number]): string {
  const part = (degrees: number, positive: string, negative: string): string => {
    const size = Math.abs(degrees);
    const minutes = (size - Math.floor(size)) * 60;
    const seconds = (minutes - Math.floor(minutes)) * 60;
    const hemisphere = degrees > 0 ? positive : negative;
    return `${Math.floor(size)} ${Math.floor(minutes)} ${Number(seconds.toPrecision(6))} ${hemisphere}`;
  };
  return `${part(latitude, 'N', 'S')} ${part(longitude, 'E', 'W')} 0.00m 1.00m 10000.00m 10.00m`;
}

/** What `GeoIPQueryAttribute.X` stands for; numbers are of no meaning outside. */
const QUERIES: readonly (readonly [string, Attribute | 'location' | undefined])[] = [
  ['ASn', undefined],
  ['City', undefined],
  ['Continent', 'continent'],
  ['Country', undefined],
  ['Country2', 'country'],
  ['Name', undefined],
  ['Region', 'subdivision'],
  ['Location', 'location'],
];

function lookUp(address: string, query: LuaValue, now: Evaluation): string {
  const asked = typeof query === 'number' ? QUERIES[query]?.[1] : undefined;
  const place = placeOfAddress(address, now);
  if (asked !== 'location') return asked ? told(place, asked, now) : 'unknown';
  return place ? position(place, now).join(' ') : 'unknown';
}

/** The functions that ask where somebody is. */
export function geographyFunctions(now: Now): Record<string, LuaValue> {
  return {
    continent: compares('continent', now),
    country: compares('country', now),
    region: compares('subdivision', now),
    asnum: compares(undefined, now),
    continentCode: code('continent', now),
    countryCode: code('country', now),
    regionCode: code('subdivision', now),
    latlon: () => [
      position(now().client.place, now())
        .map((degrees) => degrees.toFixed(6))
        .join(' '),
    ],
    latlonloc: () => [locationText(position(now().client.place, now()))],
    pickclosest: (args) => {
      if (!(args[0] instanceof LuaTable)) throw new LuaError('pickclosest needs a list of addresses');
      return [pickClosest(textsOf(args[0]).map(addressOf), now())];
    },
    geoiplookup: (args) => [lookUp(textAt(args, 0), args[1], now())],
    GeoIPQueryAttribute: LuaTable.frozen(Object.fromEntries(QUERIES.map(([name], at) => [name, at]))),
  };
}
