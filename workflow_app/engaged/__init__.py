"""Appointed civil servants (聘任制): the register of their contracts. It notes what people and papers did, and ends nothing."""
