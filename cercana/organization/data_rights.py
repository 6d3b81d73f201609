"""The legal natures by which a person exercises the rights over their data (DS 016-2024-JUS, art. 69)."""

DATA_RIGHTS_NATURES = ("data_information", "data_access", "data_correction")
