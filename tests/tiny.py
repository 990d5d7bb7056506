"""A tiny, sound case as literal text; each test breaks or filters a copy of it."""

from __future__ import annotations

import json
from pathlib import Path

from geodash.case import Case, dictionary, load

TABLES = {
    "sources": """\
id,publisher,title,published,accessed,url,licence,kind,note
paper,The Paper,Two leaders meet,2023-03-22,2026-11,https://example.org/meet,unknown,news,
tracker,The Tracker,Pipelines of the world,2024,unknown,,CC BY 4.0,dataset,
""",
    "actors": """\
id,name,short_name,kind,iso3,represents,role,colour
aland,Aland,Aland,state,AAA,,,#8c6bb1
bland,Bland,Bland,state,BBB,,,#b8860b
ann,Ann Aster,Aster,person,AAA,aland,President,
bob,Bob Birch,Birch,person,BBB,bland,Prime minister,
paper,The Paper,The Paper,outlet,CCC,,,#6e7781
""",
    "issues": """\
id,name,question,minus2,zero,plus2
peace,Peace plan,Should the plan be the basis of peace?,rejects it,takes no side,backs it
line,The pipeline,Should the line be built?,rejects it,takes no side,backs it
""",
    "positions": """\
id,statement,date,date_precision,holder,speaker,addressee,act,issue,stance,summary,quotation,\
statement_type,reported_by,source,paragraph
p1,joint,2023-03-21,day,aland,ann,,,line,2,Both want the line.,,joint_statement,paper,paper,2
p2,joint,2023-03-21,day,bland,bob,,,line,2,Both want the line.,,joint_statement,paper,paper,2
p3,asks,2023-03-21,day,bob,bob,aland,urges,peace,-2,Birch asks Aland to drop the plan.,\
drop the plan,direct_quote,paper,paper,3
p4,praise,2023-02-01,month,ann,ann,bland,backs,peace,1,Aster finds the plan useful.,,\
indirect_speech,paper,paper,4
p5,colour,2023-03-22,day,paper,paper,,,,,The paper finds the mood warm.,,\
outlet_wording,paper,paper,5
""",
    "events": """\
id,title,date,date_precision,end_date,kind,issue,summary,place,lon,lat,source,paragraph
meet,The meeting,2023-03-21,day,,consult,line,Aster meets Birch.,Atown,37.6,55.8,paper,1
""",
    "event_actors": "event,actor,part\nmeet,ann,actor\nmeet,bob,participant\n",
    "documents": """\
id,title,kind,date,date_precision,issue,points,summary,source,paragraph
plan,The plan,paper,2023-02-01,month,peace,12,Twelve points.,paper,4
""",
    "document_issuers": "document,actor\nplan,bland\n",
    "infrastructure": """\
id,name,commodity,from,via,to,countries,operator,status,status_as_of,start_year,note,source,paragraph
line,The line,gas,Atown,,Btown,AAA BBB,unknown,proposed,2023-03-21,,,tracker,
old,The old line,gas,Atown,,Ctown,AAA CCC,unknown,operating,2023-03-21,2010,,tracker,
""",
    "figures": """\
id,subject,infrastructure,issue,measure,period,value,unit,status,scope,asserted_by,note,source,\
paragraph,countries
f1,The line,line,line,capacity,,50,bcm/yr,planned,,,,paper,2,
f2,The line,line,line,capacity,,55,bcm/yr,claimed,,ann,,paper,2,
f3,The old line,old,,capacity,,38,bcm/yr,actual,,,,tracker,,
f4,The old line,old,,deliveries,2022,15.5,bcm,actual,to Cland,,,tracker,,
""",
    "routes": """\
id,infrastructure,order,place,kind,iso3,lon,lat,basis,note,source
r1,line,1,Atown,field,RUS,103.9,52.6,published,,tracker
r2,line,2,Gate,border_crossing,MNG,106.2,50.3,supplied,,tracker
r3,line,3,Btown,market,CHN,116.4,39.9,approximate,,tracker
""",
}


def write_case(folder: Path, **tables: str) -> Path:
    """Write the tiny case into a folder, with some of its files replaced."""
    resources = [dict(dictionary()[name]) for name in TABLES | tables]
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "tiny",
        "title": "Two leaders meet",
        "description": "A case for tests.",
        "version": "1.0.0",
        "resources": resources,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    for name, text in (TABLES | tables).items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


def tiny(folder: Path, **tables: str) -> Case:
    """Load the tiny case, with some of its files replaced."""
    return load(write_case(folder, **tables))
