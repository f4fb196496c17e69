#include "domain/e_invoice/factur_x.h"

#include <array>

#include "domain/e_invoice/element.h"

namespace livery::invoices::e_invoice {

namespace {

constexpr const char* kNameSpace = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#";

struct Property {
    const char* name;
    const char* value;
    const char* description;
};
constexpr std::array<Property, 4> kProperties{{
    {"DocumentFileName", "factur-x.xml", "name of the embedded XML invoice file"},
    {"DocumentType", "INVOICE", "INVOICE"},
    {"Version", "1.0", "The actual version of the Factur-X XML schema"},
    {"ConformanceLevel", "EN 16931", "The conformance level of the embedded Factur-X data"},
}};

void DescribeSchema(Element parent) {
    Element description = parent.Child("rdf:Description");
    description.Attribute("xmlns:pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/");
    description.Attribute("xmlns:pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#");
    description.Attribute("xmlns:pdfaProperty", "http://www.aiim.org/pdfa/ns/property#");
    description.EmptyAttribute("rdf:about");
    Element schema = description.Child("pdfaExtension:schemas").Child("rdf:Bag").Child("rdf:li");
    schema.Attribute("rdf:parseType", "Resource");
    schema.Text("pdfaSchema:schema", "Factur-X PDFA Extension Schema");
    schema.Text("pdfaSchema:namespaceURI", kNameSpace);
    schema.Text("pdfaSchema:prefix", "fx");
    Element sequence = schema.Child("pdfaSchema:property").Child("rdf:Seq");
    for (const Property& property : kProperties) {
        Element item = sequence.Child("rdf:li");
        item.Attribute("rdf:parseType", "Resource");
        item.Text("pdfaProperty:name", property.name);
        item.Text("pdfaProperty:valueType", "Text");
        item.Text("pdfaProperty:category", "external");
        item.Text("pdfaProperty:description", property.description);
    }
}

}  // namespace

std::string FacturXMetadata() {
    pugi::xml_document document;
    Element parent(document.root());
    Element values = parent.Child("rdf:Description");
    values.Attribute("xmlns:fx", kNameSpace);
    values.EmptyAttribute("rdf:about");
    for (const Property& property : kProperties) {
        values.Text((std::string("fx:") + property.name).c_str(), property.value);
    }
    DescribeSchema(parent);
    return ToFragment(document);
}

}  // namespace livery::invoices::e_invoice
