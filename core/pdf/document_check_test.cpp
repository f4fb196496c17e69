#include "pdf/document_check.h"

#include <gtest/gtest.h>

#include "pdf/testing/samples.h"

namespace livery::pdf {
namespace {

// "field:word" of what is wrong, "" when nothing is.
std::string Problem(const Document& document) {
    const Result<void> result = CheckDocument(document);
    if (result) return "";
    return result.error().fields.front().field + ":" + result.error().fields.front().message;
}

TEST(CheckDocument, PassesTheSamples) {
    for (const Document& document :
         {LatinSample(), ArabicSample(), ChineseSample(), SmallDocument()})
        EXPECT_EQ(Problem(document), "");
}

TEST(CheckDocument, RefusesOneThatSaysNothing) {
    EXPECT_EQ(Problem(Document{}), "title:empty");
    Document document = SmallDocument();
    document.notes.clear();
    EXPECT_EQ(Problem(document), "document:empty");
}

TEST(CheckDocument, RefusesTextThatIsNoText) {
    for (const char* wrong : {"\xff", "\xc0\x80", "bell \a", "\x7f"}) {
        Document document = LatinSample();
        document.tables.front().rows.back().cells.back() = wrong;
        EXPECT_EQ(Problem(document), "document:text");
    }
}

TEST(CheckDocument, TakesAnyBytesAsAttachment) {
    Document document = SmallDocument();
    document.attachments = {{"a.bin", "application/octet-stream", "", {}, "\xff\x01"}};
    EXPECT_EQ(Problem(document), "");
    document.attachments.front().bytes.resize(std::size_t{33} << 20);
    EXPECT_EQ(Problem(document), "attachments:too_large");
}

TEST(CheckDocument, RefusesRowsThatDoNotFitTheColumns) {
    Document document = LatinSample();
    document.tables.front().rows.back().cells.pop_back();
    EXPECT_EQ(Problem(document), "tables:cells");
    document.tables.front().columns.clear();
    EXPECT_EQ(Problem(document), "tables:empty");
}

TEST(CheckDocument, RefusesAColourAnExtensionAndALogoThatAreNone) {
    Document document = SmallDocument();
    document.brand.colour = "teal";
    EXPECT_EQ(Problem(document), "brand.colour:colour");
    document = SmallDocument();
    document.xmp_extension = "<a/>";
    EXPECT_EQ(Problem(document), "xmp_extension:xml") << "nobody would find it";
    document = SmallDocument();
    document.brand.logo_svg.assign(std::size_t{300} << 10, ' ');
    EXPECT_EQ(Problem(document), "brand.logo_svg:too_large");
}

}  // namespace
}  // namespace livery::pdf
