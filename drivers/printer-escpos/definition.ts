import Type from 'typebox';
import { printer } from '../../contracts/devices/printer.ts';
import { defineDriver } from '../kit/define-driver.ts';
import { createEscposDriver } from './driver.ts';
import { MODELS, type ModelName } from './models.ts';

const models = Object.keys(MODELS) as ModelName[];

export const printerEscpos = defineDriver({
  class: printer,
  settings: Type.Object({
    model: Type.Union(
      models.map((name) => Type.Literal(name)),
      { description: models.join(' or ') },
    ),
  }),
  create: (host, { model }) =>
    createEscposDriver({ model: MODELS[model], port: host, unfinished: host.unfinished }),
});
