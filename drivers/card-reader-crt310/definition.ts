import Type from 'typebox';
import { cardReader } from '../../contracts/devices/card-reader.ts';
import { createCardReaderDriver } from '../card-reader/driver.ts';
import { defineDriver } from '../kit/define-driver.ts';
import { createCrt310 } from './protocol.ts';

export const cardReaderCrt310 = defineDriver({
  class: cardReader,
  settings: Type.Object({}),
  create: (host) => createCardReaderDriver({ create: createCrt310, port: host }),
});
