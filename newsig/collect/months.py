"""The names of months as feeds write them: in English, and in languages where no name means another month as well."""

from __future__ import annotations

NAMES = """
1  jan january januar jänner janvier janv ene enero gen gennaio januari janeiro
2  feb february februar feber février fevrier févr fevr fév febrero febbraio februari fev fevereiro
3  mar march märz mär mrz mars marzo maart mrt março marco
4  apr april avr avril abr abril aprile
5  may mai mayo mag maggio mei maio maj
6  jun june juni juin junio giu giugno junho
7  jul july juli juil juillet julio lug luglio julho
8  aug august août aout ago agosto augustus augusti
9  sep sept september septembre septiembre set settembre setembro
10 oct october okt oktober octobre octubre ott ottobre out outubro
11 nov november novembre noviembre novembro
12 dec december dez dezember déc décembre decembre dic diciembre dicembre dezembro des desember
"""
MONTHS = {name: int(number) for number, *names in map(str.split, NAMES.split("\n")[1:-1]) for name in names}
"""Numbers of months by names in small letters: English, German, French, Spanish, Italian, Dutch, Portuguese,
Scandinavian. Slavic names are left out: listopad is October in Zagreb and November in Warsaw."""
