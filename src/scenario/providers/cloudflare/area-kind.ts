/** Areas of geo steering: `pop eu-west`, `country GB`, `region WEU`. */

import { didYouMean } from '../../../base/suggest.ts';
import {
  CF_REGIONS,
  type CfRegion,
  type GeoPools,
} from '../../../model/authority/providers/cloudflare/rule.ts';
import { Problem, quote } from '../../kinds.ts';

/** Reads an area. @param regions those of the scenario: each is a data centre */
export function readArea(text: string, regions: readonly string[]): GeoPools['area'] | Problem {
  const [, level, name = ''] = /^(pop|country|region)\s+(\S+)$/.exec(text.trim()) ?? [];
  if (level === 'country' && /^[A-Z]{2}$/.test(name)) return { level, code: name };
  if (level === 'region') {
    const code = CF_REGIONS.find((one) => one === name) as CfRegion | undefined;
    if (code !== undefined) return { level, code };
    return wrong(text, didYouMean(name, CF_REGIONS) ?? `write one of ${CF_REGIONS.join(', ')}`);
  }
  if (level === 'pop') {
    const region = regions.indexOf(name);
    return region >= 0 ? { level, region } : wrong(text, didYouMean(name, regions));
  }
  return wrong(text, 'write pop REGION, country GB or region WEU');
}

function wrong(text: string, hint: string | undefined): Problem {
  return new Problem('scenario-cloudflare', `${quote(text)} is no area of geo steering`, hint);
}
