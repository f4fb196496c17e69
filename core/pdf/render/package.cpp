#include "pdf/render/package.h"

#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "pdf/render/srgb_profile.h"
#include "pdf/render/xmp.h"

namespace livery::pdf {

namespace {

using Handle = QPDFObjectHandle;

void PutInfo(QPDF& pdf, const Document& document) {
    Handle info = Handle::newDictionary();
    const auto put = [&](const char* key, const std::string& text) {
        if (!text.empty()) info.replaceKey(key, Handle::newUnicodeString(text));
    };
    put("/Title", document.title);
    put("/Author", document.author);
    put("/Subject", document.subject);
    put("/Creator", std::string(kProducer));
    put("/Producer", std::string(kProducer));
    put("/CreationDate", PdfDate(document.created));
    put("/ModDate", PdfDate(document.created));
    pdf.getTrailer().replaceKey("/Info", pdf.makeIndirectObject(info));
}

void PutReading(QPDF& pdf, const Document& document) {
    Handle preferences = Handle::newDictionary();
    preferences.replaceKey("/DisplayDocTitle", Handle::newBool(true));
    if (document.direction == Document::Direction::kRightToLeft)
        preferences.replaceKey("/Direction", Handle::newName("/R2L"));
    pdf.getRoot().replaceKey("/ViewerPreferences", preferences);
    pdf.getRoot().replaceKey("/Lang", Handle::newUnicodeString(document.language));
}

const char* NameOf(Document::Relationship relationship) {
    switch (relationship) {
        case Document::Relationship::kSource:
            return "/Source";
        case Document::Relationship::kData:
            return "/Data";
        case Document::Relationship::kAlternative:
            return "/Alternative";
        case Document::Relationship::kSupplement:
            return "/Supplement";
        case Document::Relationship::kUnspecified:
            break;
    }
    return "/Unspecified";
}

void Attach(QPDF& pdf, const Document& document) {
    if (document.attachments.empty()) return;
    QPDFEmbeddedFileDocumentHelper files(pdf);
    Handle associated = Handle::newArray();
    for (const Document::Attachment& attachment : document.attachments) {
        auto stream = QPDFEFStreamObjectHelper::createEFStream(pdf, attachment.bytes);
        stream.setSubtype(attachment.mime_type);
        stream.setCreationDate(PdfDate(document.created));
        stream.setModDate(PdfDate(document.created));
        auto file = QPDFFileSpecObjectHelper::createFileSpec(pdf, attachment.name, stream);
        file.setDescription(attachment.description);
        file.getObjectHandle().replaceKey("/AFRelationship",
                                          Handle::newName(NameOf(attachment.relationship)));
        files.replaceEmbeddedFile(attachment.name, file);
        associated.appendItem(file.getObjectHandle());
    }
    pdf.getRoot().replaceKey("/AF", associated);
}

void PutOutputIntent(QPDF& pdf) {
    Handle profile = Handle::newStream(&pdf, SrgbProfile());
    profile.getDict().replaceKey("/N", Handle::newInteger(3));
    Handle intent = Handle::newDictionary();
    intent.replaceKey("/Type", Handle::newName("/OutputIntent"));
    intent.replaceKey("/S", Handle::newName("/GTS_PDFA1"));
    intent.replaceKey("/OutputConditionIdentifier", Handle::newString("sRGB IEC61966-2.1"));
    intent.replaceKey("/Info", Handle::newString("sRGB IEC61966-2.1"));
    intent.replaceKey("/DestOutputProfile", profile);
    Handle intents = Handle::newArray();
    intents.appendItem(pdf.makeIndirectObject(intent));
    pdf.getRoot().replaceKey("/OutputIntents", intents);
}

// Where cairo 1.16 leaves PDF/A: it asks readers to smooth the pictures of a logo (6.2.8), and
// leaves the map of TrueType glyphs to their default (6.2.11.3.2). Seen with veraPDF.
void CorrectObjects(QPDF& pdf) {
    for (Handle& object : pdf.getAllObjects()) {
        if (object.isStream()) object.getDict().removeKey("/Interpolate");
        if (object.isDictionaryOfType("/Font", "/CIDFontType2") && !object.hasKey("/CIDToGIDMap"))
            object.replaceKey("/CIDToGIDMap", Handle::newName("/Identity"));
    }
}

Result<void> MakeArchival(QPDF& pdf, const Document& document) {
    Handle metadata = Handle::newStream(&pdf, LIVERY_TRY(XmpPacket(document)));
    metadata.getDict().replaceKey("/Type", Handle::newName("/Metadata"));
    metadata.getDict().replaceKey("/Subtype", Handle::newName("/XML"));
    pdf.getRoot().replaceKey("/Metadata", metadata);
    PutOutputIntent(pdf);
    CorrectObjects(pdf);
    return {};
}

}  // namespace

Result<std::string> Package(const std::string& painted, const Document& document) {
    QPDF pdf;
    pdf.processMemoryFile("document", painted.data(), painted.size());
    PutInfo(pdf, document);
    PutReading(pdf, document);
    Attach(pdf, document);
    if (document.archival) LIVERY_TRY(MakeArchival(pdf, document));
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setMinimumPDFVersion("1.7");
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.setDeterministicID(true);
    writer.setNewlineBeforeEndstream(true);  // ISO 19005-3, 6.1.7.1
    writer.write();
    const auto bytes = writer.getBufferSharedPointer();
    return std::string(reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize());
}

}  // namespace livery::pdf
