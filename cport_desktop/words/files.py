"""What stands in the dialog that chooses a file or a folder. The toolkit's own words are not all there in
every language.
"""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import tr, tr_in

LOOK_IN: Final = tr_in("where a file is chosen", "Look in:")
LOOK_IN_NAME: Final = tr("Folder that is shown")
FILE_NAME: Final = tr_in("where a file is chosen", "Name:")
FOLDER_NAME: Final = tr_in("where a file is chosen", "Folder:")
CHOOSE: Final = tr_in("where a file is chosen", "Choose")
CANCEL: Final = tr("Cancel")
BACK: Final = tr_in("folders that were shown", "Back")
FORWARD: Final = tr_in("folders that were shown", "Forward")
ABOVE: Final = tr("The folder above")
NEW_FOLDER: Final = tr("Make a folder")
AS_LIST: Final = tr("Names alone")
WITH_DETAILS: Final = tr("With size and day")
FILES: Final = tr("Files and folders")
PLACES: Final = tr("Places")
