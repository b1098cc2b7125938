import Type from 'typebox';
import { cardReader } from '../../contracts/devices/card-reader.ts';
import { createCardReaderDriver } from '../card-reader/driver.ts';
import { defineDriver } from '../kit/define-driver.ts';
import { MODELS, type ModelName } from './models.ts';
import { createF2Protocol } from './protocol.ts';

const models = Object.keys(MODELS) as ModelName[];

export const cardReaderF2 = defineDriver({
  class: cardReader,
  settings: Type.Object({
    model: Type.Union(
      models.map((name) => Type.Literal(name)),
      { description: models.join(' or ') },
    ),
  }),
  create: (host, { model }) =>
    createCardReaderDriver({ create: createF2Protocol(MODELS[model]), port: host }),
});
