import type { DriverDefinition } from '../kit/define-driver.ts';
import { type DriverConfiguration, ownSettings } from './configuration.ts';
import { mustFit, mustKnow } from './misconfigured.ts';
import { loadDriver } from './registry.ts';

/** The driver that a configuration names, and its own settings, which fit it. Throws Misconfigured. */
export async function chosenDriver(
  config: DriverConfiguration,
): Promise<{ definition: DriverDefinition; settings: Record<string, unknown> }> {
  const definition = await loadDriver(config.driver);
  const settings = ownSettings(config);
  mustFit(definition.settings, settings, '');
  mustKnow(settings, Object.keys(definition.settings.properties), '');
  return { definition, settings };
}
