/**
 * Which of the thirteen regions of load balancing a place belongs to.
 *
 * The Regions API maps countries, and the states of the US and Canada. Here the border lines are degrees and short
 * lists of countries, an assumption: a scenario names the region of a place where that matters.
 */
import type { PlaceSpec } from '../../../spec.ts';
import type { CfRegion } from './rule.ts';

const MIDDLE_EAST = [
  'AE',
  'BH',
  'CY',
  'IL',
  'IQ',
  'IR',
  'JO',
  'KW',
  'LB',
  'OM',
  'PS',
  'QA',
  'SA',
  'SY',
  'TR',
  'YE',
];
const SOUTH_ASIA = ['AF', 'BD', 'BT', 'IN', 'LK', 'MV', 'NP', 'PK'];
const SOUTH_EAST_ASIA = ['BN', 'ID', 'KH', 'LA', 'MM', 'MY', 'PH', 'SG', 'TH', 'TL', 'VN'];

/** The region of a place; `undefined` for one of which nobody knows where it is. */
export function cfRegionOf(place: PlaceSpec | undefined): CfRegion | undefined {
  const { continent, country = '', latitude = 0, longitude = 0 } = place ?? {};
  switch (continent) {
    case 'NA':
      return longitude < -100 ? 'WNAM' : 'ENAM';
    case 'SA':
      return latitude > -15 ? 'NSAM' : 'SSAM';
    case 'EU':
      return longitude > 15 ? 'EEU' : 'WEU';
    case 'AF':
      return latitude > 10 ? 'NAF' : 'SAF';
    case 'OC':
      return 'OC';
    case 'AS':
      if (MIDDLE_EAST.includes(country)) return 'ME';
      if (SOUTH_ASIA.includes(country)) return 'SAS';
      return SOUTH_EAST_ASIA.includes(country) ? 'SEAS' : 'NEAS';
    default:
      return undefined;
  }
}
