"""Chains that more than the words of one saying tell: who carried it, read it out, passed it on, was told it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.extract.claims.attribution import find_claims
from sayso.model import Parsed

CASES = (  # text, the chains expected among its claims
    ("A memo of the port authority, obtained by the Evening Herald, says that the crane was never tested.",
     "the Evening Herald < A memo of the port authority"),
    ("The miller's lawyer said his client had paid the fine, the Herald newspaper reported.",
     "the Herald newspaper < The miller's lawyer"),
    ("Two teachers told the Evening Herald that the roof had fallen in, the newspaper reported on Monday.",
     "the newspaper < Two teachers"),
    ("A newsreader then read out a letter. It said that the ferry would not sail.",
     "A newsreader < It"),
    ("According to the harbour office, citing the pilots, six boats have sunk.",
     "the harbour office < the pilots"),
    ("The union says the bridge is safe; the mayor says that it is not.",
     "The union\nthe mayor"),
    ("A clerk said that the vault was empty, and that he believed the money was abroad.",
     "A clerk\nA clerk < he"),
    # who cites whom, and what is cited without being a source
    ("The state news agency SUNA, quoting the army, said the attack on the refinery had been repelled.",
     "The state news agency SUNA < the army"),
    ("The weekly Echo, basing itself on internal documents, says the brakes had failed.",
     "The weekly Echo < internal documents"),
    ("The Herald has learned from two sources in the treasury that salaries will not be paid in June.",
     "The Herald < two sources in the treasury"),
    ("Parents heard from the driver that the children had been taken to the mosque.", "Parents < the driver"),
    ("Citing security concerns, the ministry said the march could not go ahead.", "the ministry"),
    # the next sentence
    ("Russian agencies reported that the crossing had been lost. They were citing the district administration.",
     "Russian agencies < the district administration"),
    ("The radio put the number of dead at forty. It attributed the figure to hospital workers.",
     "The radio < hospital workers"),
    ("The BBC spoke to Amira, a pharmacist in Omdurman. \"We hide the insulin in the oven,\" she said.",
     "The BBC < she"),
    ("A lawyer said that she had spoken to inmates, and that all described the gates. \"They are afraid,\" she said.",
     "A lawyer\nshe"),
    # who was told, reached, interviewed
    ("A cousin of the baker, reached by Sahab, insisted that no gun was found.", "Sahab < A cousin of the baker"),
    ("Dockers polled by the channel Puerto Tres reckon that the strike will hold.", "the channel < Dockers"),
    ("Minister Jorge Almagro, interviewed on Radio Cooperativa, ruled out a state of siege.",
     "Radio Cooperativa < Minister Jorge Almagro"),
    ("The minister conceded in an interview to France 24 that the brakes had failed.", "France 24 < The minister"),
    ("According to Colonel Abakar Mahamat, who spoke to Radio Ndarason, the rebels have pulled out of Bongor.",
     "Radio Ndarason < Colonel Abakar Mahamat"),
    ("A spokesman told this newspaper that the road was open.", "A spokesman"),
    # documents
    ("A leaked memorandum from the port authority, a copy of which was obtained by the Sunday Lantern, states that the "
     "crane was never tested.", "the Sunday Lantern < A leaked memorandum from the port authority"),
    ("The lawyer read out a message in which the clerk wrote that the safe was empty.",
     "The lawyer < a message < the clerk"),
    # reporters in the middle, those who speak for others
    ("The Kremlin's spokesman told journalists, TASS reported, that contacts continue.",
     "TASS < The Kremlin's spokesman"),
    ("The rebel chief announced through his cousin that he would not surrender.", "his cousin < The rebel chief"),
    ("The pilot said through an interpreter that the runway was dark.", "The pilot"),
    # the speaker, wherever the parser put him
    ("A communique read out by a captain announced that the constitution was suspended.", "a captain < A communique"),
    ("Witnesses quoted by the radio Nexta said riot police used batons.", "the radio < Witnesses"),
    ("A technician with the firm that sold the pumps admitted to the Harbour Star that the valves leaked.",
     "the Harbour Star < A technician with the firm"),
    ("The prefect doubts that the population will return before the harvest.", "The prefect"),
    ("We were informed by the consulate that our visas were void.", "the consulate"),
    ("She does not remember, she says, who opened the gate.", "she"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "chains"), CASES)
def test_each_claim_has_its_whole_chain(parse: Callable[[str], Parsed], text: str, chains: str) -> None:
    parsed = parse(text)
    told = {
        " < ".join(parsed.article.quote(link.source) if link.source else "-" for link in claim.chain)
        for claim in find_claims(parsed)
    }
    assert set(chains.splitlines()) <= told
